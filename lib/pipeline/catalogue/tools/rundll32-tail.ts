import {
  type Argument,
  skipBlanks,
  splitArguments,
} from '@/lib/pipeline/normalise/command-line/split-command-line'

/** rundll32's own reading of what follows argv[0]. */
export type RundllTail = {
  switches: readonly Argument[]
  library: Argument | null
  entry: Argument | null
  args: readonly Argument[]
  /** Everything from the library on, unsplit. */
  raw: Argument
}

const SWITCH = /^[-/]{1,2}[a-z?]{1,20}(?=[\s{]|$)/i
const LIBRARY_WITH_BLANKS = /^[a-z]:\\[^",]{1,260}\.(?:dll|cpl|ocx|drv)(?=\s{0,8},)/i
const STOP = new Set([' ', '\t', '\n', '\r', ','])

function endOfWord(text: string, from: number): number {
  let at = from
  while (at < text.length && !STOP.has(text.charAt(at))) at += 1
  return at
}

function skipSeparators(text: string, from: number): number {
  let at = from
  while (at < text.length && STOP.has(text.charAt(at))) at += 1
  return at
}

function slice(text: string, start: number, end: number): Argument {
  return { value: text.slice(start, end), start, end }
}

function readSwitches(text: string, from: number): { switches: Argument[]; at: number } {
  const switches: Argument[] = []
  let at = skipBlanks(text, from)
  for (;;) {
    const found = SWITCH.exec(text.slice(at, at + 24))
    if (found === null) return { switches, at }
    switches.push(slice(text, at, at + found[0].length))
    at = skipBlanks(text, at + found[0].length)
  }
}

/** Quotes may hold the library alone or the library with its entry. */
function readQuotedLibrary(text: string, from: number): { library: Argument; at: number } {
  const closing = text.indexOf('"', from + 1)
  const end = closing < 0 ? text.length : closing
  const comma = text.slice(from + 1, end).indexOf(',')
  const stop = comma < 0 ? end : from + 1 + comma
  return { library: slice(text, from + 1, stop), at: comma < 0 ? Math.min(end + 1, text.length) : stop }
}

function readLibrary(text: string, from: number): { library: Argument; at: number } {
  if (text.charAt(from) === '"') return readQuotedLibrary(text, from)
  const spaced = LIBRARY_WITH_BLANKS.exec(text.slice(from, from + 300))
  const end = spaced === null ? endOfWord(text, from) : from + spaced[0].length
  return { library: slice(text, from, end), at: end }
}

function readEntry(text: string, from: number): { entry: Argument | null; at: number } {
  const start = skipSeparators(text, from)
  if (start >= text.length) return { entry: null, at: start }
  const quoted = text.charAt(start) === '"' ? start + 1 : start
  const end = Math.min(endOfWord(text, quoted), indexOrEnd(text, '"', quoted))
  return { entry: slice(text, quoted, end), at: text.charAt(end) === '"' ? end + 1 : end }
}

function indexOrEnd(text: string, found: string, from: number): number {
  const at = text.indexOf(found, from)
  return at < 0 ? text.length : at
}

/** Splits by rundll32's rules: switches, a library ended by a blank or comma, an entry point, and the rest as arguments. */
export function readRundllTail(text: string, from: number): RundllTail {
  const { switches, at } = readSwitches(text, from)
  const raw = slice(text, at, text.length)
  if (at >= text.length) return { switches, library: null, entry: null, args: [], raw }
  const { library, at: afterLibrary } = readLibrary(text, at)
  const { entry, at: afterEntry } = readEntry(text, afterLibrary)
  const args = splitArguments(text, skipSeparators(text, afterEntry))
  return { switches, library: library.value === '' ? null : library, entry, args, raw }
}
