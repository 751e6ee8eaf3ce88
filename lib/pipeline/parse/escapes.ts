/** Escapes by two, four or eight hexadecimal digits, as Python and YAML have them. */
export const HEX_ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g

/** What escapes of one character stand for in C and what follows it, as Ruby and YAML do. */
export const C_CHARACTERS: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', e: '\u001b', a: '\u0007', b: '\b', f: '\f', v: '\v', 0: '\0' },
}

/**
 * A function that gives a text without its escapes. `pattern` finds them all: its first three groups are hexadecimal numbers of a character, its fourth is any other
 * character, which stands for itself where `characters` does not say for what. A number that no character has stands for U+FFFD.
 */
export function unescaper(
  pattern: RegExp,
  characters: Readonly<Record<string, string>>,
): (printed: string) => string {
  const replaced = (_: string, one?: string, other?: string, third?: string, character = '') => {
    const code = Number.parseInt(one ?? other ?? third ?? '', 16)
    if (Number.isNaN(code)) return characters[character] ?? character
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  }
  return (printed) => (printed.includes('\\') ? printed.replace(pattern, replaced) : printed)
}
