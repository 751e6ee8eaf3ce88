/** Texts as literals of the languages that exports are written in. Each gives one token that holds exactly the text, whatever it is. */

/** PowerShell takes four characters for a single quote. */
const POWERSHELL_QUOTES = /['\u2018\u2019\u201a\u201b]/g

/** A PowerShell literal: single-quoted, so that nothing in it is expanded. */
export function powerShellText(text: string): string {
  return `'${text.replace(POWERSHELL_QUOTES, '$&$&')}'`
}

/** Several as an array. */
export function powerShellList(texts: readonly string[]): string {
  return `@(${texts.map(powerShellText).join(', ')})`
}

/** Everything but printable ASCII, the quote and the backslash. */
const NOT_PLAIN = /[^\u0020-\u007e]|["\\]/g

function asUnicodeEscapes(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A string of the Kusto query language or of JSON, which agree on these escapes. */
export function doubleQuoted(text: string): string {
  return `"${text.replace(NOT_PLAIN, asUnicodeEscapes)}"`
}

/** `name in~ (…)` of the Kusto query language. */
export function kqlIn(field: string, texts: readonly string[]): string {
  return `${field} in~ (${texts.map(doubleQuoted).join(', ')})`
}

/** A string of EQL. */
export function eqlText(text: string): string {
  const escaped = text.replace(/[^\u0020-\u007e]|["\\]/gu, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  )
  return `"${escaped}"`
}

/** Letters, digits, space and what means itself in regular expressions and in every quotation mark around them. */
const NOT_LITERAL = /[^A-Za-z0-9 _,;=@-]/gu

/**
 * A text as a regular expression that means just it, in PCRE, RE2 and Java's notation: all but plain characters are written by their code, so that
 * it holds no quote, slash or backslash of its own. `*` in `glob` stands for any characters.
 */
export function literalRegex(text: string, glob = false): string {
  return text.replace(NOT_LITERAL, (character) => {
    if (glob && character === '*') return '.*'
    const code = character.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\x{${code.toString(16)}}`
  })
}

/** Several as a regular expression that means any of them. */
export function anyLiteralRegex(texts: readonly string[], glob = false): string {
  return texts.map((text) => literalRegex(text, glob)).join('|')
}

/** A term of Splunk's search command: quoted, with what it would take for a wildcard or an end left out. */
export function splunkTerm(text: string): string {
  return `"${text.replace(/["\\*[\]|`\p{Cc}\p{Cf}]/gu, '')}"`
}
