/** Characters that would be invisible or would rearrange the text: controls, bidi marks, zero-width, line separators. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
/** The same but for the tab, which is shown as it is: hardly any text has one of these. */
const HIDES = /[^\P{Cc}\t]|[\p{Cf}\p{Zl}\p{Zp}]/u

/** A stretch of text as it is shown, and where it starts in the original. */
export type Run = { at: number; text: string; hidden: boolean }

/** Text cut into runs; each hidden character is a run of its own, named by its code point: [U+202E]. */
export function toRuns(text: string): Run[] {
  if (text !== '' && !HIDES.test(text)) return [{ at: 0, text, hidden: false }]
  const runs: Run[] = []
  let start = 0
  let at = 0
  const endPlain = () => {
    if (at > start) runs.push({ at: start, text: text.slice(start, at), hidden: false })
  }
  for (const character of text) {
    if (character !== '\t' && HIDDEN.test(character)) {
      endPlain()
      runs.push({ at, text: glyph(character), hidden: true })
      start = at + character.length
    }
    at += character.length
  }
  endPlain()
  return runs
}

/** The text of all runs. */
export function visible(text: string): string {
  return toRuns(text)
    .map((run) => run.text)
    .join('')
}

/** A character by its code point: [U+202E]. */
export function glyph(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
}
