import type { Buffer } from 'node:buffer'

/** Longer texts seldom come again, and decoding costs less than comparing them. */
const LONGEST = 40
const PLACES = 4096

/** Short texts decoded before, each at a place its characters tell; a later one with the same place takes it. */
export type KnownTexts = string[]

export function noTexts(): KnownTexts {
  return new Array<string>(PLACES).fill('')
}

/**
 * The UTF-16LE text between two offsets. Logs repeat most short texts (computer, channel, account, names of fields): comparing costs a third of
 * making a new string, and the same string is kept once.
 */
export function knownText(known: KnownTexts, bytes: Buffer, at: number, end: number): string {
  const length = (end - at) >> 1
  if (length > LONGEST || length === 0) return bytes.toString('utf16le', at, end)
  const place = placeOf(bytes, at, length)
  const candidate = known[place] ?? ''
  if (isText(candidate, bytes, at, length)) return candidate
  const text = bytes.toString('utf16le', at, end)
  known[place] = text
  return text
}

/** Mixes the length and the low bytes of five characters: the last ones differ most. */
function placeOf(bytes: Buffer, at: number, length: number): number {
  const low = (index: number) => bytes[at + 2 * index] ?? 0
  const ends = low(0) * 31 + low(length - 1) * 131 + low(length > 1 ? length - 2 : 0) * 8009
  return (length * 523 + ends + low(length >> 1) * 7 + low(length >> 2) * 1031) & (PLACES - 1)
}

function isText(text: string, bytes: Buffer, at: number, length: number): boolean {
  if (text.length !== length) return false
  for (let index = 0, byte = at; index < length; index++, byte += 2)
    if (text.charCodeAt(index) !== ((bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8))) return false
  return true
}
