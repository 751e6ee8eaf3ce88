/** A list of texts as Python prints it. `separator`: what stands between the first two; `end`: behind the bracket that ends it. */
export type PythonList = { values: string[]; separator: string | null; end: number }

const TEXT = /u?(?:'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)")/y
const SEPARATOR = /, | {2}/y
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g
const CHARACTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** The list that begins at a place in a text (`['a', "b"]`), also where a table made blanks of its commas; null where none does. */
export function readPythonList(text: string, start: number): PythonList | null {
  const values: string[] = []
  let separator: string | null = null
  let at = start + 1
  if (text.charAt(start) !== '[') return null
  while (text.charAt(at) !== ']') {
    if (values.length > 0) {
      const found = matchAt(SEPARATOR, text, at)
      if (found === null) return null
      separator ??= found[0]
      at += found[0].length
    }
    const found = matchAt(TEXT, text, at)
    if (found === null) return null
    values.push(unescaped(found[1] ?? found[2] ?? ''))
    at += found[0].length
  }
  return { values, separator, end: at + 1 }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function unescaped(printed: string): string {
  if (!printed.includes('\\')) return printed
  return printed.replace(ESCAPE, (_, two?: string, four?: string, eight?: string, character = '') => {
    const code = Number.parseInt(two ?? four ?? eight ?? '', 16)
    if (Number.isNaN(code)) return CHARACTERS[character] ?? character
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  })
}
