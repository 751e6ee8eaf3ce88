/** What turns or hides text in an editor. */
const TREACHEROUS = /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu

/** A value as indented JSON; characters that turn or hide text are written by their codes. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(TREACHEROUS, escaped)}\n`
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
}
