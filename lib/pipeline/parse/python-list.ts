import { HEX_ESCAPE, unescaper } from './escapes'

/** A list of texts as Python prints it. `separator`: what stands between the first two; `end`: behind the bracket that ends it. */
export type PythonList = { values: string[]; separator: string | null; end: number }

const TEXT = /u?(?:'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)")/y
const SEPARATOR = /, | {2}/y
const unescaped = unescaper(HEX_ESCAPE, { n: '\n', r: '\r', t: '\t' })

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
