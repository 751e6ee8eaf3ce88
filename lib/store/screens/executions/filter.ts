import { SENSORS } from '@/lib/pipeline/event/event'
import { LIST_DAYS } from '@/lib/pipeline/periods'
import { MASQUERADES, type Masquerade } from '@/lib/store/screens/masquerading'
import { parseMoment, readDays } from '@/lib/store/screens/moment'
import { parseTableRequest, type SearchParams, type TableRequest } from '@/lib/store/screens/table-request'

/** Names of the filters in the URL of the executions page and its export. */
export const EXECUTION_FILTERS = [
  'binary',
  'host',
  'group',
  'user',
  'parent',
  'image',
  'hash',
  'pattern',
  'masquerading',
  'signature',
  'deviation',
  'file',
  'sensor',
  'score',
  'from',
  'to',
  'days',
] as const

/** What the search asks for; an empty list asks for nothing in particular. */
export type ExecutionFilter = {
  /** Each must occur in the command line, or be a hash of the image or the GUID of the process. */
  words: readonly string[]
  /** Words that no index can look up: they are not searched for. */
  tooShort: readonly string[]
  /** Catalogue slugs; libraries and scripts match what hosts them. */
  binaries: readonly string[]
  /** Host names, or parts of them. */
  hosts: readonly string[]
  /** Names of host groups: hosts that are in one of them now. */
  groups: readonly string[]
  /** Parts of user names, or whole SIDs. */
  users: readonly string[]
  /** Parts of the parent's path. */
  parents: readonly string[]
  /** Parts of the image's path, or an original file name. */
  images: readonly string[]
  /** Hashes of the image, of any kind. */
  hashes: readonly string[]
  /** Pattern ids, or parts of patterns. */
  patterns: readonly string[]
  /** Of files that are not what they seem. */
  masquerading: readonly Masquerade[]
  signatureIds: readonly string[]
  /** Kinds of use by what they have in common, beside those that are named. */
  kindsOfUse: readonly KindsOfUse[]
  deviationIds: readonly string[]
  importFileIds: readonly number[]
  /** Indexes of SENSORS. */
  sensors: readonly number[]
  minScoreMillibits: number | null
  window: TimeWindow
  /** The order of what is found, by time. */
  newestFirst: boolean
}

/** Use of one binary by the ids of its parent and its command pattern; NOT_REPORTED, or ANY. In a URL 'entry.parent.pattern', among signatures. */
export type KindsOfUse = { entryId: number; parent: string; pattern: string }
export const NOT_REPORTED = 'none'
export const ANY = 'any'

/** µs; from inclusive, until exclusive, null = open. */
export type TimeWindow = {
  fromUs: number | null
  untilUs: number | null
  /** Both ends lie on midnight UTC: counts by day can answer. */
  wholeDays: boolean
}

/** Lengths of time the page offers, ending at the newest data; 'all' has no ends. */
const MAX_WORDS = 8
const DAY_US = 86_400_000_000
const INT8_MAX = 2n ** 63n - 1n
const INT4_MAX = 2_147_483_647

/** Reads the executions page's URL. */
export function parseExecutionRequest(params: SearchParams): TableRequest<'time'> {
  return parseTableRequest(params, { sorts: ['time'], defaultSort: 'time', filters: EXECUTION_FILTERS })
}

/** What a URL asks for; without a time of its own, the last 30 days of the data (`newestDay`: 'YYYY-MM-DD'). */
export function toExecutionFilter(request: TableRequest, newestDay: string | null): ExecutionFilter {
  const { filters } = request
  const words = toWords(request.q)
  return {
    words: words.filter(canBeLookedUp),
    tooShort: words.filter((word) => !canBeLookedUp(word)),
    binaries: filters['binary'] ?? [],
    hosts: filters['host'] ?? [],
    groups: filters['group'] ?? [],
    users: filters['user'] ?? [],
    parents: filters['parent'] ?? [],
    images: filters['image'] ?? [],
    hashes: filters['hash'] ?? [],
    patterns: filters['pattern'] ?? [],
    masquerading: MASQUERADES.filter((kind) => filters['masquerading']?.includes(kind)),
    signatureIds: (filters['signature'] ?? []).filter(isInt8),
    kindsOfUse: (filters['signature'] ?? []).flatMap(readKindsOfUse),
    deviationIds: (filters['deviation'] ?? []).filter(isInt8),
    importFileIds: (filters['file'] ?? [])
      .map(Number)
      .filter((id) => Number.isInteger(id) && id > 0 && id <= INT4_MAX),
    sensors: (filters['sensor'] ?? []).flatMap((name) =>
      [...SENSORS.keys()].filter((index) => SENSORS[index] === name),
    ),
    minScoreMillibits: toMillibits(filters['score']?.[0]),
    window: toWindow(filters, newestDay),
    newestFirst: request.descending,
  }
}

/** Words apart by white space; what stands in double quotes stays together. */
function toWords(text: string): string[] {
  const words = text.match(/"[^"]+"|[^\s"]+/g) ?? []
  return words
    .map((word) => word.replaceAll('"', ''))
    .filter((word) => word.trim() !== '')
    .slice(0, MAX_WORDS)
}

/** The index of texts knows groups of three letters or digits, and where words begin and end. */
function canBeLookedUp(word: string): boolean {
  return /[\p{L}\p{N}]{3}|[^\p{L}\p{N}][\p{L}\p{N}]|[\p{L}\p{N}][^\p{L}\p{N}]/u.test(word)
}

/** Whether a text is a 64-bit id as PostgreSQL reads one. */
export function isInt8(text: string): boolean {
  if (!/^-?\d{1,19}$/.test(text)) return false
  const value = BigInt(text)
  return value <= INT8_MAX && value >= -INT8_MAX - 1n
}

function readKindsOfUse(text: string): KindsOfUse[] {
  const [entry = '', parent = '', pattern = '', ...more] = text.split('.')
  const isSide = (side: string) => side === ANY || side === NOT_REPORTED || isInt8(side)
  if (!(/^\d{1,9}$/.test(entry) && isSide(parent) && isSide(pattern)) || more.length > 0) return []
  return [{ entryId: Number(entry), parent, pattern }]
}

function toMillibits(bits: string | undefined): number | null {
  const value = bits === undefined ? Number.NaN : Number(bits)
  return value > 0 && value < 1000 ? Math.round(value * 1000) : null
}

function toWindow(filters: TableRequest['filters'], newestDay: string | null): TimeWindow {
  const from = parseMoment(filters['from']?.[0])
  const to = parseMoment(filters['to']?.[0])
  if (from === null && to === null) return lastDays(filters['days']?.[0], newestDay)
  const untilUs = to === null ? null : to.wholeDay ? to.us + DAY_US : to.us
  return { fromUs: from?.us ?? null, untilUs, wholeDays: from?.wholeDay !== false && to?.wholeDay !== false }
}

function lastDays(asked: string | undefined, newestDay: string | null): TimeWindow {
  const open = { fromUs: null, untilUs: null, wholeDays: true }
  const newest = asked === 'all' ? null : parseMoment(newestDay ?? undefined)
  const days = readDays(asked) ?? LIST_DAYS
  return newest === null ? open : { ...open, fromUs: newest.us - (days - 1) * DAY_US }
}
