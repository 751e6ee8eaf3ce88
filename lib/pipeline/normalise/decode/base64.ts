import { Buffer } from 'node:buffer'
import type { Stretch } from './stretch'

/** Characters of Base64, its padding, and those of its variant for addresses. Shorter runs are words more often than data. */
const RUN = /[A-Za-z0-9+/_-]{6,}={0,2}/g
const SHORTEST_UNASKED = 16
/** PowerShell's -EncodedCommand in each of its abbreviations: what follows is UTF-16, little-endian. */
const ENCODED_COMMAND = /[-/\u2013-\u2015]e(?:c|n[a-z]{0,13})?["'\s:=]{1,4}$/i
const LONGEST_SWITCH = 24

const DATA_STARTS: readonly [start: readonly number[], words: string][] = [
  [[0x4d, 0x5a], 'a Windows program'],
  [[0x1f, 0x8b], 'gzip data'],
  [[0x50, 0x4b, 3, 4], 'a zip archive'],
  [[0x4d, 0x53, 0x43, 0x46], 'a cabinet'],
]

/** Runs of Base64 that hold text, or data that is told by its start. */
export function findBase64(text: string): Stretch[] {
  return Array.from(text.matchAll(RUN)).flatMap(({ 0: run, index }) => {
    const asked = ENCODED_COMMAND.test(text.slice(Math.max(0, index - LONGEST_SWITCH), index))
    if (!asked && run.length < SHORTEST_UNASKED) return []
    const read = readBytes(Buffer.from(run, 'base64'), asked)
    return read === null ? [] : [{ ...read, start: index, end: index + run.length }]
  })
}

function readBytes(bytes: Buffer, asked: boolean): Pick<Stretch, 'encoding' | 'text'> | null {
  const wide = readUtf16(bytes, asked)
  if (wide !== null) return { encoding: 'base64-utf-16', text: wide }
  const narrow = readUtf8(bytes)
  if (narrow !== null) return { encoding: 'base64', text: narrow }
  const [, words] = DATA_STARTS.find(([start]) => start.every((byte, at) => bytes[at] === byte)) ?? []
  return words === undefined ? null : { encoding: 'base64-data', text: `${words}, ${bytes.length} bytes` }
}

/** Without being asked for, only where nearly every other byte is zero, as in scripts of Latin letters. */
function readUtf16(bytes: Buffer, asked: boolean): string | null {
  const units = bytes.length >> 1
  if (units < 2) return null
  const text = bytes.toString('utf16le', 0, units * 2)
  const zeros = bytes.filter((byte, at) => at % 2 === 1 && byte === 0).length
  return isReadable(text) && (asked || zeros >= 0.8 * units) ? text : null
}

function readUtf8(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return isReadable(text) ? text : null
  } catch {
    return null
  }
}

const UNREADABLE = /[^\P{C}\t\r\n]/gu

/** Hardly any controls or unassigned characters. */
function isReadable(text: string): boolean {
  const unreadable = text.match(UNREADABLE)?.length ?? 0
  return text !== '' && unreadable * 20 <= text.length
}
