import { Buffer } from 'node:buffer'
import type { Hashes } from '@/lib/pipeline/event/event'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { isShallow } from '@/lib/pipeline/parse/json-splitter'
import { MAX_RECORD_DEPTH } from '@/lib/pipeline/parse/limits'
import { remembered } from '@/lib/pipeline/remembered'
import { storableText } from '@/lib/pipeline/storable-text'

type Field = JsonValue | undefined

/** How logs print that there is no value. */
const MISSING: ReadonlySet<string> = new Set(['', '-', '?'])
/** Longer texts say something, and are not worth a look-up. */
const MISSING_LENGTH = 8
const MAX_PID = 0xffff_ffff
/** Windows has no longer command lines and paths; what a log prints beyond that is cut. */
const MAX_TEXT = 32_768

/**
 * A field as text; numbers and truth values are printed, `{"#text": …}` (an element with attributes) is its text.
 * Null where the field is absent or says so. What PostgreSQL cannot store is replaced.
 */
export function text(value: Field): string | null {
  if (typeof value === 'string') {
    if (value.length <= MISSING_LENGTH && MISSING.has(value.trim())) return null
    return storableText(value.length > MAX_TEXT ? beginning(value) : value)
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const inner = object(value)?.['#text']
  return inner === undefined || typeof inner === 'object' ? null : text(inner)
}

/** A copy: a slice would keep the whole text in memory. */
function beginning(text: string): string {
  return Buffer.from(text.slice(0, MAX_TEXT)).toString()
}

/** Like `text`, without white space around it; null where nothing else is there. */
export function trimmed(value: Field): string | null {
  return text(value)?.trim() || null
}

/** The first of the fields that says something. */
export function firstText(...values: Field[]): string | null {
  for (const value of values) {
    const found = text(value)
    if (found !== null) return found
  }
  return null
}

/** Some of an object's fields. */
export function only(fields: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  )
}

export function object(value: Field): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
}

/** The object in a text of JSON; null where there is none, or one that is nested deeper than a record may be. */
export function objectOfJson(json: Field): JsonObject | null {
  if (typeof json !== 'string' || !json.trimStart().startsWith('{')) return null
  try {
    const found = object(JSON.parse(json) as JsonValue)
    return isShallow(json) || fitsIn(found, MAX_RECORD_DEPTH) ? found : null
  } catch {
    return null
  }
}

/** Whether a value has no more levels: brackets in its texts, as of a script block, are none. */
function fitsIn(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => fitsIn(inner, levels - 1))
}

/** A whole number up to 2^53 as 4824, 4824.0, "4824", "4824.0" or "0x12d8". */
export function integer(value: Field): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null
  const printed = trimmed(value)
  if (printed === null || !INTEGER.test(printed)) return null
  const number = Number(printed)
  return Number.isSafeInteger(number) ? number : null
}

const INTEGER = /^(?:\d{1,16}(?:\.0{1,9})?|0x[0-9a-f]{1,16})$/i

/** A process id: 32 bits. */
export function pid(value: Field): number | null {
  const number = integer(value)
  return number !== null && number <= MAX_PID ? number : null
}

/** A sensor's own id of a process. */
export function processId(value: Field): string | null {
  return trimmed(value)?.slice(0, 128) ?? null
}

const INTEGRITY_LEVELS: ReadonlySet<string> = new Set(['low', 'medium', 'high', 'system'])

/** One of Windows' integrity levels; sensors say of some that they do not know. */
export function integrityLevel(value: Field): string | null {
  const level = trimmed(value)?.toLowerCase() ?? ''
  return INTEGRITY_LEVELS.has(level) ? level : null
}

/** A port of TCP or UDP. */
export function port(value: Field): number | null {
  const number = integer(value)
  return number !== null && number <= 0xffff ? number : null
}

/** true | false as logs print them. */
export function flag(value: Field): boolean | null {
  const printed = trimmed(value)?.toLowerCase()
  return printed === 'true' ? true : printed === 'false' ? false : null
}

const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/
const IPV6 = /^(?=.*:.*:)[0-9a-f:]{2,39}$/

/** An address, lower-case, without a zone; of IPv4 where it is one in IPv6's clothes. */
export function ipAddress(value: Field): string | null {
  const printed = trimmed(value)?.toLowerCase() ?? ''
  if (printed.length > 64) return null
  const address = printed.replace(/%.*$/, '').replace(/^(?:::|0:0:0:0:0:)ffff:(?=\d+\.)/, '')
  return IPV4.test(address) || IPV6.test(address) ? address : null
}

/** A 64-bit id (logon id), decimal or with 0x, as lower-case hexadecimal without 0x or leading zeros. */
export function hexId(value: Field): string | null {
  const printed = trimmed(value)
  return printed === null ? null : readId(printed)
}

/** Machines repeat those of their services. */
const readId = remembered((printed): string | null => {
  if (!/^(0x[0-9a-f]{1,16}|\d{1,19})$/i.test(printed)) return null
  const id = BigInt(printed)
  return id === 0n ? null : id.toString(16)
})

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const GUID_LENGTH = 36
const NO_GUID = '00000000-0000-0000-0000-000000000000'

/** A GUID, lower-case and without braces; null for one that is all zeros. */
export function guid(value: Field): string | null {
  const printed = trimmed(value)
  if (printed === null || printed.length < GUID_LENGTH || printed.length > GUID_LENGTH + 2) return null
  const bare = printed.slice(
    printed.startsWith('{') ? 1 : 0,
    printed.endsWith('}') ? printed.length - 1 : printed.length,
  )
  const id = bare.toLowerCase()
  return GUID.test(id) && id !== NO_GUID ? id : null
}

/** A security identifier; some exporters resolve it to a name, and S-1-0-0 is nobody. */
export function sid(value: Field): string | null {
  const printed = trimmed(value)
  return printed !== null && /^S-1-\d/i.test(printed) && printed !== 'S-1-0-0' ? printed : null
}

/** DOMAIN\name; the name alone where there is no domain. */
export function account(domain: Field, name: Field): string | null {
  const [domainText, nameText] = [trimmed(domain), trimmed(name)]
  return domainText === null || nameText === null ? nameText : `${domainText}\\${nameText}`
}

/** Sysmon's Hashes ("MD5=…,SHA256=…") and old Sysmon's Hash, one algorithm to four. What is answered is shared, and must not be changed. */
export function listedHashes(value: Field): Hashes | null {
  const listed = text(value)
  return listed === null ? null : readHashes(listed)
}

const readHashes = remembered((listed): Hashes | null => {
  const found: Hashes = { md5: null, sha1: null, sha256: null, imphash: null }
  for (const part of listed.split(',', 8)) {
    const [algorithm = '', value] = part.split('=', 2)
    const name = algorithm.trim().toLowerCase()
    if (Object.hasOwn(found, name)) found[name as keyof Hashes] = digest(value)
  }
  return orNull(found)
})

/** Hashes in fields of their own. */
export function separateHashes(fields: {
  md5: Field
  sha1: Field
  sha256: Field
  imphash?: Field
}): Hashes | null {
  const { md5, sha1, sha256, imphash } = fields
  return orNull({ md5: digest(md5), sha1: digest(sha1), sha256: digest(sha256), imphash: digest(imphash) })
}

/** Lower-case hexadecimal, with or without 0x; null where it is not computed, which Sysmon prints as zeros. */
export function digest(value: Field): string | null {
  const hex = trimmed(value)?.toLowerCase().replace(/^0x/, '') ?? ''
  return /^[0-9a-f]{32,64}$/.test(hex) && !/^0+$/.test(hex) ? hex : null
}

function orNull(hashes: Hashes): Hashes | null {
  return Object.values(hashes).some((digest) => digest !== null) ? hashes : null
}
