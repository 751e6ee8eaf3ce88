/** Texts longer than this are hardly ever the same twice, and whoever writes a log chooses their length. */
const LONGEST = 512
/** Texts of one generation; two are kept. */
const MOST = 8192

/**
 * A function of a text alone that remembers its recent answers: machines repeat themselves. Answers are shared and must not be changed. Holds at most
 * two generations of MOST short texts, and nothing of the larger texts that they were cut from.
 */
export function remembered<T extends string | object | null>(read: (text: string) => T): (text: string) => T {
  let young = new Map<string, T>()
  let old = new Map<string, T>()
  return (text) => {
    const recent = young.get(text)
    if (recent !== undefined) return recent
    if (text.length > LONGEST) return read(text)
    // a cut text would keep the whole one in memory
    const own = ` ${text}`.slice(1)
    const known = old.get(own)
    const answer = known === undefined ? read(own) : known
    if (young.size >= MOST) {
      old = young
      young = new Map()
    }
    young.set(own, answer)
    return answer
  }
}
