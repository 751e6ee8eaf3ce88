import { looksRandom } from './random-name'
import { WELL_KNOWN_CLSIDS } from './well-known-clsids'

// Order and content after design "Normalising a command line", item 3. `<` and `>` count as part of a word, so that what stands beside
// a placeholder is never read anew: masking twice changes nothing. Every pattern is linear: bounded, or barred from restarting in a run.
const GUID = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/
const SID = /(?<![a-z0-9<>])s-1-\d{1,15}(?:-\d{1,10}){1,15}(?![a-z0-9<>])/g
const MAIL =
  /(?<![a-z0-9._%+<>-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}(?![a-z0-9<>])/g
const IPV4 = /(?<![a-z0-9.<>])(?:\d{1,3}\.){3}\d{1,3}(?![a-z0-9<>]|\.\d)/g
const IPV6 = /(?<![a-z0-9:<>])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![a-z0-9:<>])/g
const DIGEST = /(?<![a-z0-9<>])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![a-z0-9<>])/g
const ZERO_X = /(?<![a-z0-9<>])0x[0-9a-f]{1,64}(?![a-z0-9<>])/g
const DATE =
  /(?<![a-z0-9.<>])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[t _]\d{1,2}[:.-]\d{2}(?:[:.-]\d{2})?)?(?:\.\d{1,9})?z?(?![a-z0-9<>]|\.\d)/g
const TIME = /(?<![a-z0-9:.<>])\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?![a-z0-9:<>]|\.\d)/g
const BASE64 = /(?<![a-z0-9+/=_<>-])[a-z0-9+/_-]{60,}={0,2}(?![a-z0-9+/=_<>-])/g
/** Correlation vectors of Microsoft's programs: 16 or 22 characters of base64, counters behind it. */
const CORRELATION_VECTOR =
  /(?<![a-z0-9+/=_.<>-])(?=[a-z/]{0,21}[0-9+])[a-z0-9+/]{16}(?:[a-z0-9+/]{6})?(?:\.\d{1,10}){2,12}(?![a-z0-9<>.])/g
const TEMP_NAME = /(?<![a-z0-9._~<>-])[a-z0-9._~-]{1,64}\.tmp(?![a-z0-9<>])/g
const VERSION = /(?<![a-z0-9<>.])v?\d{1,9}(?:\.\d{1,9})+(?![a-z0-9<>]|\.\d)/g
const LONG_HEX = /(?<![a-z0-9<>])[0-9a-f]{8,}(?![a-z0-9<>])/g
const LONG_NUMBER = /\d{4,}/g
const NUMBER = /(?<![a-z0-9<>])\d+(?![a-z0-9<>])/g
const PROFILE =
  /([\\/]users[\\/])(?!public[\\/"]|public$|default[\\/"]|<user>)[^\\/"<>|:*?;,]{1,64}(?=[\\/"]|$)/g
const WORD = /(?<![a-z0-9<>])[a-z0-9]{10,}(?![a-z0-9<>])/g

const DIGIT = /\d/
const LONG_WORD = /[a-z0-9]{10}/

function maskBlob(blob: string): string {
  const slashes = blob.split('/').length - 1
  return DIGIT.test(blob) && slashes * 10 <= blob.length && !blob.includes('--') ? '<blob>' : blob
}

function maskNumbers(text: string): string {
  let out = text.replace(DIGEST, '<hash>').replace(ZERO_X, '<hex>').replace(DATE, '<date>')
  if (out.includes(':')) out = out.replace(TIME, '<date>')
  if (out.length >= 60) out = out.replace(BASE64, maskBlob)
  out = out.replace(TEMP_NAME, '<temp>.tmp')
  if (out.includes('.')) out = out.replace(CORRELATION_VECTOR, '<vector>').replace(VERSION, '<version>')
  return out
    .replace(LONG_HEX, (hex) => (DIGIT.test(hex) ? '<n>' : hex))
    .replace(LONG_NUMBER, '<n>')
    .replace(NUMBER, '<n>')
}

/** `::add` calls a method: an address without any digit is none. */
function maskIpv6(address: string): string {
  return address.includes('::') && DIGIT.test(address) ? '<ip>' : address
}

function maskAddress(text: string): string {
  let out = text
  if (out.includes('s-1-')) out = out.replace(SID, '<sid>')
  if (out.includes('@')) out = out.replace(MAIL, '<mail>')
  if (out.includes('.')) out = out.replace(IPV4, '<ip>')
  if (out.includes('::')) out = out.replace(IPV6, maskIpv6)
  return out
}

function maskSegment(text: string): string {
  let out = text
  if (DIGIT.test(out)) out = maskNumbers(maskAddress(out))
  if (out.includes('@')) out = out.replace(MAIL, '<mail>')
  if (out.includes('.tmp')) out = out.replace(TEMP_NAME, '<temp>.tmp')
  if (out.includes('users')) out = out.replace(PROFILE, '$1<user>')
  if (LONG_WORD.test(out)) out = out.replace(WORD, (word) => (looksRandom(word) ? '<random>' : word))
  return out
}

function maskGuid(guid: string): string {
  return WELL_KNOWN_CLSIDS.has(guid) ? guid : '<guid>'
}

/**
 * Replaces what differs between two runs of the same thing by placeholders: identifiers, addresses, digests, dates, versions, numbers,
 * user names, generated words. Expects cleaned (lower-case) text. Masking twice changes nothing.
 */
export function mask(text: string): string {
  const segments = text.length >= 36 && text.includes('-') ? text.split(GUID) : [text]
  return segments
    .map((segment, index) => (index % 2 === 0 ? maskSegment(segment) : maskGuid(segment)))
    .join('')
}
