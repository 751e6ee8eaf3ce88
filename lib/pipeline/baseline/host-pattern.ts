/**
 * Whether a name fits a pattern: `*` stands for any text, `?` for one character. Case does not matter.
 * Takes time in proportion to the product of both lengths at most, whatever the pattern.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  const text = name.toLowerCase()
  const wanted = pattern.toLowerCase()
  let [at, from] = [0, 0]
  /** The last star, and how much of the text it stands for so far. */
  let [star, taken] = [-1, 0]
  while (at < text.length) {
    if (wanted[from] === '*') {
      star = from++
      taken = at
    } else if (from < wanted.length && (wanted[from] === '?' || wanted[from] === text[at])) {
      from++
      at++
    } else if (star >= 0) {
      from = star + 1
      at = ++taken
    } else return false
  }
  while (wanted[from] === '*') from++
  return from === wanted.length
}
