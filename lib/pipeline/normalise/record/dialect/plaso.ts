import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { type PythonList, readPythonList } from '@/lib/pipeline/parse/python-list'
import { createdAt } from '../creation-time'
import { integer, only, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'
import { namedValues } from './named-values'

/** [4688 / 0x1250] Provider identifier: {…} Source Name: … Strings: [ */
const MESSAGE =
  /^\[(\d{1,5}) \/ 0x[0-9a-f]{1,8}\] (?:Provider identifier: \{[0-9a-f-]{36}\} )?Source Name: ([^[\]:]{1,128}) Strings: (?=\[)/i
/** What follows the values. */
const REST = /^ ?Computer Name: (\S{1,255})(?: Record Number: (\d{1,16}))?/
const LINE_DATE = /^(\d\d)\/(\d\d)\/(\d{4})$/
/** Values that may hold a comma or a blank. */
const FREE = ['CommandLine', 'ParentCommandLine'] as const

const NO_COMMAS =
  'Plaso’s tables have a blank where a value has a comma, so that the command line cannot be told: export its events as JSON (psort.py -o json_line)'
const UNTOLD =
  'the values of the event are not those that are known: export Plaso’s events as JSON (psort.py -o json_line)'

/** A row of Plaso's tables (dynamic, l2tcsv): an event of a Windows log, whose values come without their names, or one of the many others, which are only counted. */
export function liftPlaso(fields: JsonObject): WindowsRecord {
  const message = text(fields['message'] ?? fields['desc']) ?? ''
  const [whole, id, provider = ''] = MESSAGE.exec(message) ?? []
  if (whole === undefined) return otherRow(fields)
  const eventId = integer(id) ?? 0
  const list = readPythonList(message, whole.length)
  const [, computer, number] = REST.exec(message.slice(list?.end ?? 0)) ?? []
  return {
    ...timeOf(fields),
    provider,
    channel: null,
    eventId,
    computer: trimmed(computer ?? fields['host']),
    recordId: number ?? null,
    ...dataOf(provider, eventId, list),
  }
}

function timeOf(fields: JsonObject): Pick<WindowsRecord, 'created' | 'printed'> {
  return {
    created: () => createdAt(fields['datetime'], dateOfLine(fields)),
    printed: () => only(fields, 'datetime', 'date'),
  }
}

/** What Plaso found in no log: files, registries, browsers. */
function otherRow(fields: JsonObject): WindowsRecord {
  const computer = trimmed(fields['host'])
  return {
    ...timeOf(fields),
    provider: 'Plaso',
    channel: null,
    eventId: 0,
    computer,
    recordId: null,
    data: {},
  }
}

function dataOf(
  provider: string,
  eventId: number,
  list: PythonList | null,
): Pick<WindowsRecord, 'data' | 'unread'> {
  const data = list === null ? null : namedValues(provider, eventId, list.values)
  if (list === null || data === null) return { data: {}, unread: UNTOLD }
  if (list.separator === ', ') return { data }
  return isWhole(data) ? { data: withHashes(data) } : { data, unread: NO_COMMAS }
}

/** Whether no comma can be missing in what may hold any. */
function isWhole(data: JsonObject): boolean {
  return FREE.every((name) => !text(data[name])?.includes(' '))
}

/** Between hashes there were commas. */
function withHashes(data: JsonObject): JsonObject {
  const hashes = text(data['Hashes'])
  return hashes === null ? data : { ...data, Hashes: hashes.replaceAll(' ', ',') }
}

/** l2tcsv: 03/01/2024, 08:15:39 and the zone. */
function dateOfLine(fields: JsonObject): string | null {
  const [, month, day, year] = LINE_DATE.exec(trimmed(fields['date']) ?? '') ?? []
  if (year === undefined) return null
  const zone = trimmed(fields['timezone']) === 'UTC' ? 'Z' : ''
  return `${year}-${month}-${day} ${trimmed(fields['time']) ?? ''}${zone}`
}
