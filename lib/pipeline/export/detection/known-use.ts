import type { KnownUse } from './detection'

/** What a pattern puts in place of what differs between runs, quotes, and what stands between words, folders and exports. */
const NOT_LITERAL = /<[^<>]*>|[*"\s\\,;]+/
const MIN_LENGTH = 2
const MAX_TEXTS = 6

/**
 * How command lines of a pattern are told by what they hold: the literal pieces of the pattern that stand in every example, the longest first.
 * A pattern is written in words of its own (a switch's dash is a slash, a library has its extension), so a piece that an example lacks is left out.
 * null = nothing in the command line tells it.
 */
export function toKnownUse(pattern: string, examples: readonly string[]): KnownUse | null {
  if (examples.length === 0) return null
  const lines = examples.map((line) => line.trim().toLowerCase())
  const space = pattern.indexOf(' ')
  if (space < 0) return toBareUse(pattern, lines)
  const pieces = pattern.slice(space).toLowerCase().split(NOT_LITERAL)
  const held = pieces.filter(
    (piece) => piece.length >= MIN_LENGTH && lines.every((line) => line.includes(piece)),
  )
  const all = [...new Set(held)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, MAX_TEXTS)
  return all.length === 0 ? null : { kind: 'holds', all }
}

/** A command line without arguments ends in the program's name. */
function toBareUse(tool: string, lines: readonly string[]): KnownUse | null {
  const name = tool.toLowerCase()
  const ends = [name, `${name}.exe`, `${name}"`, `${name}.exe"`]
  return lines.every((line) => ends.some((end) => line.endsWith(end))) ? { kind: 'bare', ends } : null
}

/** The file name of a parent as baselines hold it ("winword.exe @ program-files"), with `*` for what differs. */
export function parentFileName(parent: string): string {
  const at = parent.indexOf(' @ ')
  return (at < 0 ? parent : parent.slice(0, at)).replace(/<[^<>]*>/g, '*')
}
