/** Characters that a page shows as marks: controls, marks that reorder text, what cannot be seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
/** A word without a place to break would run off the page. */
const LONGEST_WORD = 40

/** Text that a reader sees as it is: hidden characters by their code points, and words that break before the margin does. */
export function printable(text: string): string {
  const shown = text.replace(HIDDEN, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
  return shown.replace(/\S{41,}/g, (word) => {
    const characters = [...word]
    const pieces: string[] = []
    for (let at = 0; at < characters.length; at += LONGEST_WORD)
      pieces.push(characters.slice(at, at + LONGEST_WORD).join(''))
    // the typesetter may break here and shows nothing
    return pieces.join('\u200b')
  })
}
