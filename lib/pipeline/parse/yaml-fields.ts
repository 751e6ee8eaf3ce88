import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { C_CHARACTERS, HEX_ESCAPE, unescaper } from './escapes'

const FIELD = /^(?:([^\s:'"#[{-][^:]{0,127})|'([^']{1,128})'|"([^"\\]{1,128})"):(?: (.*))?$/
const BLOCK = /^\|([-+]?)$/
const DOUBLE = /^"((?:[^"\\]|\\[\s\S])*)"$/
const SINGLE = /^'((?:[^']|'')*)'$/
const unescaped = unescaper(HEX_ESCAPE, {
  ...C_CHARACTERS,
  ...{ N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029' },
})

/**
 * The texts of a flat mapping as programs write YAML, each on a line or as a block; null for fields that hold lists and mappings. Null where a text is not of that
 * kind. Linear, unlike a whole reader of YAML.
 */
export function readYamlFields(yaml: string): JsonObject | null {
  const lines = yaml.split(/\r?\n/)
  const pairs: [string, JsonValue][] = []
  let at = lines[0] === '---' ? 1 : 0
  while (at < lines.length) {
    const line = lines[at++] ?? ''
    if (line === '') continue
    const [whole, plain, single, double, printed = ''] = FIELD.exec(line) ?? []
    if (whole === undefined) return null
    const inner = innerLines(lines, at)
    at += inner.length
    const value = inner.length === 0 ? scalarOf(printed) : blockOf(printed, inner)
    if (value === undefined) return null
    pairs.push([plain ?? single ?? double ?? '', value])
  }
  return Object.fromEntries(pairs)
}

/** Lines that belong to the field above them: indented, blank between those, or of a list. */
function innerLines(lines: readonly string[], from: number): readonly string[] {
  let end = from
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line === '') continue
    if (!line.startsWith(' ') && !line.startsWith('- ')) break
    end = at + 1
  }
  return lines.slice(from, end)
}

/** Null for a list or a mapping, undefined for what no program writes so. */
function blockOf(printed: string, inner: readonly string[]): JsonValue | undefined {
  if (printed === '') return null
  const block = BLOCK.exec(printed)
  if (block === null) return undefined
  const indent = /^ */.exec(inner[0] ?? '')?.[0].length ?? 0
  return `${inner.map((line) => line.slice(indent)).join('\n')}${block[1] === '-' ? '' : '\n'}`
}

function scalarOf(printed: string): JsonValue | undefined {
  if (printed === '' || printed === '~' || printed === 'null') return null
  const double = DOUBLE.exec(printed)?.[1]
  if (double !== undefined) return unescaped(double)
  const single = SINGLE.exec(printed)?.[1]
  if (single !== undefined) return single.replaceAll("''", "'")
  return /^["'[{|>&*!%@`]/.test(printed) && !/^(?:\[\]|\{\})$/.test(printed) ? undefined : printed
}
