import { Buffer } from 'node:buffer'
import { WINDOWS_1252_PART } from '../text-encoding'
import { type Chunk, charge, utf16Text } from './chunk'
import { Damage } from './damage'
import { filetimeText, systemtimeText } from './filetime'

export const NULL_TYPE = 0x00
export const BINXML_TYPE = 0x21
export const ARRAY_FLAG = 0x80

const STRING = 0x01
const ANSI = 0x02
const SIZE_T = 0x10
const SID = 0x13

type Decode = (view: DataView, at: number) => string

/** Value types of fixed size ([MS-EVEN6] 2.2.14 and libevtx's format notes): bytes, and how Windows prints them. */
const FIXED_TYPES: ReadonlyMap<number, { bytes: number; decode: Decode }> = new Map([
  [0x03, { bytes: 1, decode: (view, at) => String(view.getInt8(at)) }],
  [0x04, { bytes: 1, decode: (view, at) => String(view.getUint8(at)) }],
  [0x05, { bytes: 2, decode: (view, at) => String(view.getInt16(at, true)) }],
  [0x06, { bytes: 2, decode: (view, at) => String(view.getUint16(at, true)) }],
  [0x07, { bytes: 4, decode: (view, at) => String(view.getInt32(at, true)) }],
  [0x08, { bytes: 4, decode: (view, at) => String(view.getUint32(at, true)) }],
  [0x09, { bytes: 8, decode: (view, at) => String(view.getBigInt64(at, true)) }],
  [0x0a, { bytes: 8, decode: unsigned64Text }],
  [0x0b, { bytes: 4, decode: (view, at) => floatText(view.getFloat32(at, true)) }],
  [0x0c, { bytes: 8, decode: (view, at) => doubleText(view.getFloat64(at, true)) }],
  [0x0d, { bytes: 4, decode: (view, at) => String(view.getUint32(at, true) !== 0) }],
  [0x0f, { bytes: 16, decode: guidText }],
  [
    0x11,
    { bytes: 8, decode: (view, at) => filetimeText(view.getUint32(at, true), view.getUint32(at + 4, true)) },
  ],
  [
    0x12,
    { bytes: 16, decode: (view, at) => systemtimeText((index) => view.getUint16(at + 2 * index, true)) },
  ],
  [0x14, { bytes: 4, decode: (view, at) => hexText(view, at, 4) }],
  [0x15, { bytes: 8, decode: (view, at) => hexText(view, at, 8) }],
  [0x20, { bytes: 8, decode: (view, at) => hexText(view, at, 8) }],
] satisfies [number, { bytes: number; decode: Decode }][])

/** The same by type, as it is looked up for every value. */
const FIXED = Array.from({ length: 256 }, (_, type) => FIXED_TYPES.get(type))

/** Bytes that a value of this type always takes, or null where its size varies. */
export function fixedBytes(type: number): number | null {
  return FIXED[type]?.bytes ?? null
}

/**
 * One value as text, as Windows prints it: integers in decimal, hexadecimal types and size_t as "0x1f", GUIDs in lower case with
 * braces, SIDs as "S-1-5-18", FILETIME with seven digits, binary as upper-case hexadecimal, booleans "true" or "false"; null is "".
 * Not for embedded binary XML or arrays. Throws Damage.
 */
export function valueText(chunk: Chunk, type: number, at: number, size: number): string {
  charge(chunk, size + 1)
  if (size === 0 || type === NULL_TYPE) return ''
  if (type === STRING) return utf16Text(chunk, at, size)
  const fixed = FIXED[type]
  if (fixed !== undefined) {
    if (size < fixed.bytes) throw new Damage(`a value of type ${hex(type)} in ${size} bytes`)
    return fixed.decode(chunk.view, at)
  }
  return variableText(chunk, type, at, size)
}

function variableText(chunk: Chunk, type: number, at: number, size: number): string {
  switch (type) {
    case ANSI:
      return withoutPadding(ansiText(chunk, at, size))
    case 0x0e:
      return chunk.bytes.toString('hex', at, at + size).toUpperCase()
    case SIZE_T:
      return hexText(chunk.view, at, size >= 8 ? 8 : 4)
    case SID:
      return sidText(chunk.view, at, size)
    case 0x23:
      return utf16Text(chunk, at, size)
    default:
      throw new Damage(`unknown value type ${hex(type)}`)
  }
}

/** The items of an array value as texts. `type` is given without the array flag. Throws Damage. */
export function arrayTexts(chunk: Chunk, type: number, at: number, size: number): string[] {
  if (type === STRING || type === ANSI) return listTexts(chunk, type, at, size)
  if (type === SID) return sidArrayTexts(chunk, at, size)
  const bytes = type === SIZE_T ? 8 : fixedBytes(type)
  if (bytes === null) return [valueText(chunk, type, at, size)]
  const texts: string[] = []
  for (let item = at; item + bytes <= at + size; item += bytes)
    texts.push(valueText(chunk, type, item, bytes))
  return texts
}

function ansiText({ bytes }: Chunk, at: number, size: number): string {
  const latin1 = bytes.toString('latin1', at, at + size)
  if (!differsFromLatin1(bytes, at, at + size)) return latin1
  return latin1.replace(
    /[\x80-\x9f]/g,
    (character) => WINDOWS_1252_PART[character.charCodeAt(0) - 0x80] ?? character,
  )
}

/** Seldom: worth a look, as a regular expression costs more than the text. */
function differsFromLatin1(bytes: Buffer, at: number, end: number): boolean {
  for (let index = at; index < end; index++) if (((bytes[index] ?? 0) & 0xe0) === 0x80) return true
  return false
}

/** A text without the NULs at its end; a regular expression would be quadratic in a run of NULs. */
function withoutPadding(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1
  return text.slice(0, end)
}

/** Every item of a list of strings ends with a NUL, so that empty ones count too. */
function listTexts(chunk: Chunk, type: number, at: number, size: number): string[] {
  charge(chunk, size + 1)
  const text = type === ANSI ? ansiText(chunk, at, size) : chunk.bytes.toString('utf16le', at, at + size)
  return text === '' ? [] : text.replace(/\0$/, '').split('\0')
}

function sidArrayTexts(chunk: Chunk, at: number, size: number): string[] {
  const texts: string[] = []
  for (let item = at; item + 8 <= at + size; ) {
    const bytes = 8 + 4 * chunk.view.getUint8(item + 1)
    texts.push(valueText(chunk, SID, item, bytes))
    item += bytes
  }
  return texts
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`
}

/** An unsigned 64-bit integer in decimal; BigInt only where a double would round. */
export function unsigned64Text(view: DataView, at: number): string {
  const high = view.getUint32(at + 4, true)
  return high < 0x200000
    ? String(high * 0x100000000 + view.getUint32(at, true))
    : String(view.getBigUint64(at, true))
}

/** Two digits for each byte value: far quicker than toString(16), which is slow beyond 31 bits. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A little-endian unsigned integer as "0x1f", without leading zeros. */
function hexText(view: DataView, at: number, bytes: number): string {
  let top = at + bytes - 1
  while (top > at && view.getUint8(top) === 0) top -= 1
  let text = `0x${view.getUint8(top).toString(16)}`
  for (let index = top - 1; index >= at; index--) text += HEX[view.getUint8(index)]
  return text
}

/** Where the digits of a GUID's bytes stand in "{00000000-0000-0000-0000-000000000000}": its first three numbers are little-endian. */
const GUID_DIGITS = [7, 5, 3, 1, 12, 10, 17, 15, 20, 22, 25, 27, 29, 31, 33, 35]
const DIGITS = Buffer.from('0123456789abcdef')
const guid = Buffer.from('{00000000-0000-0000-0000-000000000000}')

function guidText(view: DataView, at: number): string {
  for (let index = 0; index < 16; index++) {
    const byte = view.getUint8(at + index)
    const place = GUID_DIGITS[index] ?? 0
    guid[place] = DIGITS[byte >> 4] ?? 0
    guid[place + 1] = DIGITS[byte & 15] ?? 0
  }
  return guid.toString('latin1')
}

function sidText(view: DataView, at: number, size: number): string {
  const count = size >= 8 ? view.getUint8(at + 1) : 0
  if (size < 8 + 4 * count) throw new Damage('a SID that is cut off')
  const authority = view.getUint16(at + 2, false) * 0x100000000 + view.getUint32(at + 4, false)
  let text = `S-${view.getUint8(at)}-${authority < 0x100000000 ? authority : `0x${authority.toString(16).padStart(12, '0')}`}`
  for (let index = 0; index < count; index++) text += `-${view.getUint32(at + 8 + 4 * index, true)}`
  return text
}

function doubleText(value: number): string {
  if (Number.isFinite(value)) return String(value)
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? 'INF' : '-INF'
}

/** The shortest decimal that is still this 32-bit float: 0.1, not 0.10000000149011612. */
function floatText(value: number): string {
  for (let digits = 6; digits < 9 && Number.isFinite(value); digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return doubleText(value)
}
