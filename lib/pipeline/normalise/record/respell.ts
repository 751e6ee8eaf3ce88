import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { object } from './field'

/** Deeper than any schema's names. */
const MAX_PARTS = 8

/**
 * The record with its fields named as the program that wrote it names them, where log servers and their exports name them otherwise: by paths with dots (Kibana,
 * OpenSearch, Wazuh), in lists of one (`fields` of a search's hits), with underscores (Graylog, GELF). Null where no name is of that kind.
 */
export function respelled(fields: JsonObject): JsonObject | null {
  if (fields['short_message'] !== undefined && fields['version'] !== undefined) return fromGelf(fields)
  if (fields['deviceName'] !== undefined && fields['actionType'] !== undefined) return fromCamels(fields)
  const hit = fields['_index'] === undefined ? null : object(fields['fields'])
  const named = Object.entries(hit ?? fields)
  if (hit === null && !named.some(([name]) => isPath(name))) return null
  const record: JsonObject = {}
  for (const [name, value] of named) put(record, pathOf(name), only(value))
  // Graylog has the time that winlogbeat calls so
  if (fields['timestamp'] !== undefined) record['@timestamp'] ??= fields['timestamp']
  return record
}

/** Graylog's format for log messages has an underscore before each field that is not its own. */
function fromGelf(fields: JsonObject): JsonObject {
  const own = {
    Hostname: fields['_Hostname'] ?? fields['_Computer'] ?? fields['host'] ?? null,
    source: fields['host'] ?? null,
    message: fields['full_message'] ?? fields['short_message'] ?? null,
  }
  const named = Object.entries(fields).map(([name, value]) => [name.replace(/^_(?!_)/, ''), value] as const)
  return { ...Object.fromEntries(named.filter(([name]) => name !== 'short_message')), ...own }
}

/** Programs that write Defender's tables as JSON of their own have a small letter first. */
function fromCamels(fields: JsonObject): JsonObject {
  const named = Object.entries(fields).map(([name, value]) => [pascal(name), value] as const)
  return Object.fromEntries(named)
}

function pascal(name: string): string {
  return /^(?:md5|sha1|sha256)$/.test(name)
    ? name.toUpperCase()
    : name.charAt(0).toUpperCase() + name.slice(1)
}

const BEAT = 'winlogbeat_'
/** Graylog writes underscores for the dots between winlogbeat's names, which have underscores too. */
const BEAT_PATHS = /^(winlog_(?:event|user)_data|winlog|event)_(.+)$/

function isPath(name: string): boolean {
  return name.includes('.') || name.startsWith(BEAT)
}

function pathOf(name: string): string[] {
  if (!name.startsWith(BEAT)) {
    const path = name.split('.')
    return path.length > MAX_PARTS ? [name] : path
  }
  const [, parent, child] = BEAT_PATHS.exec(name.slice(BEAT.length)) ?? []
  return parent === undefined || child === undefined
    ? [name]
    : [...parent.replace('winlog_', 'winlog.').split('.'), child]
}

function only(value: JsonValue): JsonValue {
  return Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value
}

/** A field that has a value and fields too (`process.executable.text`) is its value. */
function put(record: JsonObject, path: readonly string[], value: JsonValue): void {
  const last = path.at(-1)
  // such a name would change the object
  if (last === undefined || path.includes('__proto__')) return
  let parent = record
  for (const name of path.slice(0, -1)) {
    if (!Object.hasOwn(parent, name)) parent[name] = {}
    const child = object(parent[name])
    if (child === null) return
    parent = child
  }
  parent[last] = NUMBERS.has(last) ? withoutCommas(value) : value
}

const NUMBERS: ReadonlySet<string> = new Set(['pid', 'port', 'event_id', 'record_id'])

/** Kibana prints numbers for people: "5,016". */
function withoutCommas(value: JsonValue): JsonValue {
  return typeof value === 'string' && /^\d{1,3}(?:,\d{3})+$/.test(value) ? value.replaceAll(',', '') : value
}
