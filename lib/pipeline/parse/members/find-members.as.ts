/**
 * Reads an object of JSON that is a line of its own, and notes where the members lie that are looked for (member-finder.ts). All of the grammar of RFC 8259
 * is checked. This is no JavaScript since it passes over texts sixteen bytes at a time; `npm run assemble` makes find-members.wasm.ts of it.
 *
 * Bytes are named by where they lie. A function that passes over something answers where it ends, and 0 where it is not there.
 */

const QUOTE: u8 = 0x22
const COMMA: u8 = 0x2c
const COLON: u8 = 0x3a
const OPEN_ARRAY: u8 = 0x5b
const BACKSLASH: u8 = 0x5c
const CLOSE_ARRAY: u8 = 0x5d
const OPEN_OBJECT: u8 = 0x7b
const CLOSE_OBJECT: u8 = 0x7d
const LINE_FEED: u8 = 0x0a
const CARRIAGE_RETURN: u8 = 0x0d

/** What is nested deeper is left to JSON.parse. */
const MAX_DEPTH: i32 = 16
export const MAX_MEMBERS: i32 = 32
export const MAX_NAME: i32 = 32

/** Of each member that is looked for: the first of those looked for in it, and how many these are; the length of its name; its name. The object itself is the first. */
const firsts: i32 = <i32>memory.data(MAX_MEMBERS)
const counts: i32 = <i32>memory.data(MAX_MEMBERS)
const lengths: i32 = <i32>memory.data(MAX_MEMBERS)
const names: i32 = <i32>memory.data(MAX_MEMBERS * MAX_NAME)
/** Of each: where its value begins and ends, and what it is; 0 where it is not there. */
const found: i32 = <i32>memory.data(MAX_MEMBERS * 12, 4)

const PLAIN_TEXT: i32 = 1
const OTHER_TEXT: i32 = 2
const NUMBER: i32 = 3
const WORD: i32 = 4
const OBJECT: i32 = 5
const ARRAY: i32 = 6

/** No member that is looked for. */
const NONE: i32 = -1

/** Whether the last text has neither escapes nor anything beyond ASCII. */
let isPlain: bool = false
/** What the last value is. */
let kind: i32 = 0

export function firstsAt(): i32 {
  return firsts
}
export function countsAt(): i32 {
  return counts
}
export function lengthsAt(): i32 {
  return lengths
}
export function namesAt(): i32 {
  return names
}
export function foundAt(): i32 {
  return found
}
/** Where the text may be put; sixteen zeros must follow it. */
export function textAt(): i32 {
  return <i32>__heap_base
}

/**
 * Where the line ends whose object begins at `from`, behind its line feed; 0 where it is no object, or none that is sure to be understood: whose first
 * member is not looked for, that has one twice, or is nested deep. `count`: of the members that are looked for, with the object itself.
 */
export function findMembers(from: i32, count: i32): i32 {
  memory.fill(found, 0, count * 12)
  let at = passObject(from + 1, 0, 1)
  if (at == 0) return 0
  if (load<u8>(at) == CARRIAGE_RETURN) at++
  return load<u8>(at) == LINE_FEED ? at + 1 : 0
}

/** From behind its brace on. */
function passObject(from: i32, member: i32, depth: i32): i32 {
  if (depth > MAX_DEPTH) return 0
  let at = passSpace(from)
  if (load<u8>(at) == CLOSE_OBJECT) return member == 0 ? 0 : at + 1
  let child = NONE
  while (load<u8>(at) == QUOTE) {
    const name = at + 1
    at = passText(name)
    if (at == 0 || !isPlain) return 0
    const isFirst = member == 0 && child == NONE && name == from + 1
    if (member != NONE) child = childOf(member, name, at - 1 - name)
    at = passSpace(at)
    if (isFirst && child == NONE) return 0
    if (load<u8>(at) != COLON) return 0
    at = passMember(passSpace(at + 1), child, depth)
    if (at == 0) return 0
    at = passSpace(at)
    if (load<u8>(at) == CLOSE_OBJECT) return at + 1
    if (load<u8>(at) != COMMA) return 0
    at = passSpace(at + 1)
  }
  return 0
}

function passArray(from: i32, depth: i32): i32 {
  if (depth > MAX_DEPTH) return 0
  let at = passSpace(from)
  if (load<u8>(at) == CLOSE_ARRAY) return at + 1
  while (true) {
    at = passValue(at, NONE, depth)
    if (at == 0) return 0
    at = passSpace(at)
    if (load<u8>(at) == CLOSE_ARRAY) return at + 1
    if (load<u8>(at) != COMMA) return 0
    at = passSpace(at + 1)
  }
}

function passMember(from: i32, member: i32, depth: i32): i32 {
  const at = passValue(from, member, depth)
  if (at == 0 || member == NONE) return at
  const place = found + member * 12
  if (load<i32>(place, 8) != 0) return 0
  const quote: i32 = kind <= OTHER_TEXT ? 1 : 0
  store<i32>(place, from + quote)
  store<i32>(place, at - quote, 4)
  store<i32>(place, kind, 8)
  return at
}

function passValue(from: i32, member: i32, depth: i32): i32 {
  const first = load<u8>(from)
  let at: i32
  if (first == QUOTE) {
    at = passText(from + 1)
    kind = isPlain ? PLAIN_TEXT : OTHER_TEXT
  } else if (first == OPEN_OBJECT) {
    at = passObject(from + 1, member, depth + 1)
    kind = OBJECT
  } else if (first == OPEN_ARRAY) {
    at = passArray(from + 1, depth + 1)
    kind = ARRAY
  } else if (first >= 0x61) {
    at = passWord(from)
    kind = WORD
  } else {
    at = passNumber(from)
    kind = NUMBER
  }
  return at
}

/** true, null or false. */
function passWord(from: i32): i32 {
  const word = load<u32>(from)
  if (word == 0x65757274 || word == 0x6c6c756e) return from + 4
  return word == 0x736c6166 && load<u8>(from + 4) == 0x65 ? from + 5 : 0
}

function passNumber(from: i32): i32 {
  let at = load<u8>(from) == 0x2d ? from + 1 : from
  at = load<u8>(at) == 0x30 ? at + 1 : passDigits(at)
  if (at != 0 && load<u8>(at) == 0x2e) at = passDigits(at + 1)
  if (at == 0 || (load<u8>(at) | 0x20) != 0x65) return at
  const sign = load<u8>(at + 1)
  return passDigits(sign == 0x2b || sign == 0x2d ? at + 2 : at + 1)
}

function passDigits(from: i32): i32 {
  let at = from
  while (isDigit(load<u8>(at))) at++
  return at > from ? at : 0
}

/** From behind its quote to behind the one that ends it. */
function passText(from: i32): i32 {
  let at = from
  isPlain = true
  while (true) {
    const bytes = v128.load(at)
    const stops = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH))),
        i8x16.lt_u(bytes, i8x16.splat(0x20)),
      ),
    )
    const length = stops == 0 ? 16 : ctz(stops)
    if ((i8x16.bitmask(bytes) & ((1 << length) - 1)) != 0) isPlain = false
    at += length
    if (length == 16) continue
    const stop = load<u8>(at)
    if (stop == QUOTE) return at + 1
    if (stop != BACKSLASH) return 0
    at = passEscape(at + 1)
    if (at == 0) return 0
    isPlain = false
  }
}

/** From behind its backslash on. */
function passEscape(from: i32): i32 {
  const escaped = load<u8>(from)
  if (escaped == BACKSLASH || escaped == QUOTE || escaped == 0x2f) return from + 1
  if (escaped == 0x75) {
    for (let at = from + 1; at < from + 5; at++) if (!isHex(load<u8>(at))) return 0
    return from + 5
  }
  const isControl =
    escaped == 0x62 || escaped == 0x66 || escaped == 0x6e || escaped == 0x72 || escaped == 0x74
  return isControl ? from + 1 : 0
}

function passSpace(from: i32): i32 {
  let at = from
  while (load<u8>(at) == 0x20 || load<u8>(at) == 0x09 || load<u8>(at) == CARRIAGE_RETURN) at++
  return at
}

/** The member of that name that is looked for in another. */
function childOf(parent: i32, name: i32, length: i32): i32 {
  const first = <i32>load<u8>(firsts + parent)
  const end = first + <i32>load<u8>(counts + parent)
  for (let child = first; child < end; child++)
    if (<i32>load<u8>(lengths + child) == length && isSame(names + child * MAX_NAME, name, length))
      return child
  return NONE
}

function isSame(some: i32, others: i32, length: i32): bool {
  for (let at = 0; at < length; at++) if (load<u8>(some + at) != load<u8>(others + at)) return false
  return true
}

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39
}

function isHex(byte: u8): bool {
  const lower: u8 = byte | 0x20
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66)
}
