import { isObject, type JsonObject, type JsonValue } from '@/lib/pipeline/event/raw-record'
import { processesOfAlert } from './alert-rows'
import { LISTS, OTHERS } from './json-answer'

/** First keys of what products wrap around several records; to look for more in every record would cost more than it gives. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'records',
  'value',
  'results',
  'Results',
  'Schema',
  'schema',
  'took',
  'hits',
  '@odata.context',
  'tables',
  'Tables',
  'preview',
  'Stats',
  'responses',
])
/** First keys of an answer in an answer. */
const OUTER_WRAPPERS: ReadonlySet<string> = new Set([
  'id',
  'is_partial',
  'isPartial',
  'rawResponse',
  'response',
])

/** First keys of an alert. */
const ALERTS: ReadonlySet<string> = new Set(['id', '@odata.context', '@odata.type', '@odata.etag'])

/** Characters that rows may have of what stands once for all of them, as a header and a host do: real answers have a quarter. */
const MAX_SPREAD = 16 * 1024 * 1024

/**
 * The records that a JSON object stands for: mostly itself. Of what osquery logs as a snapshot or in batches each row, as `columns` beside the host, time and
 * name of the query that all have; of an alert of Defender's each process among its evidence (`processEvidence`, `deviceDnsName`); of a search's answer and an event hub's message each record in its lists (what else they list, `unreadListsOf` counts).
 */
export function rowsOf(fields: JsonObject): readonly JsonObject[] {
  if (fields['snapshot'] !== undefined || fields['diffResults'] !== undefined) return osqueryRows(fields)
  // the first key, without making a list of all
  for (const first in fields) {
    if (ALERTS.has(first) && fields['evidence'] !== undefined) return processesOfAlert(fields)
    if (WRAPPERS.has(first) || isOwnAnswer(first, fields)) return listedIn(fields) ?? [fields]
    return (
      (OUTER_WRAPPERS.has(first) ? hitsIn(fields['rawResponse'] ?? fields['response']) : null) ?? [fields]
    )
  }
  return [fields]
}

/** Answers whose first keys others have too: Elasticsearch's to SQL, Falcon's interface's, and the events that a rule of Zircolite's found. */
function isOwnAnswer(first: string, fields: JsonObject): boolean {
  if (first === 'columns') return Array.isArray(fields['columns'])
  if (first === 'title') return Array.isArray(fields['matches'])
  return first === 'meta' && Array.isArray(fields['resources'])
}

/** Lists that need no word where they are no records, or are read by their own rules. */
const OWN_RULES: ReadonlySet<string> = new Set(['tables', 'Tables', 'responses'])

/** How many lists of objects stand in an answer beside the records that `rowsOf` found in it, by whose names nothing tells what they are. */
export function unreadListsOf(answer: JsonObject): number {
  for (const first in answer) {
    if (!WRAPPERS.has(first)) return 0
    break
  }
  const read: ReadonlySet<readonly JsonValue[]> = new Set(listsOf(answer))
  return Object.entries(answer).filter(([name, value]) => {
    const list = listUnder(name, value)
    return list?.some(isObject) && !read.has(list) && !OTHERS.has(name.toLowerCase()) && !OWN_RULES.has(name)
  }).length
}

/** Null where a value is no answer of Elasticsearch with records in it. */
function hitsIn(answer: JsonValue | undefined): readonly JsonObject[] | null {
  return isObject(answer) && isObject(answer['hits']) ? listedIn(answer) : null
}

function osqueryRows(fields: JsonObject): readonly JsonObject[] {
  if (fields['hostIdentifier'] === undefined) return [fields]
  const { snapshot, diffResults, ...common } = fields
  const { added, removed } = (diffResults ?? {}) as JsonObject
  if (!canSpread(common, lengthOf(snapshot) + lengthOf(added) + lengthOf(removed))) return [fields]
  const rows = [
    ...toRows(common, snapshot, 'snapshot'),
    ...toRows(common, added, 'added'),
    ...toRows(common, removed, 'removed'),
  ]
  return rows.length === 0 ? [{ ...common, columns: {} }] : rows
}

function lengthOf(list: JsonValue | undefined): number {
  return Array.isArray(list) ? list.length : 0
}

/** Whether so many rows may have it all: a small text would else stand for more than there is memory. */
function canSpread(shared: JsonValue, rows: number): boolean {
  return JSON.stringify(shared).length * rows <= MAX_SPREAD
}

function toRows(common: JsonObject, list: JsonValue | undefined, action: string): JsonObject[] {
  return Array.isArray(list) ? list.map((columns) => ({ ...common, action, columns })) : []
}

/** Null where there is no list of objects, or an empty one. */
function listedIn(fields: JsonObject): readonly JsonObject[] | null {
  const answers = answersIn(fields['responses'])
  if (answers !== null) return answers
  const tables = fields['tables'] ?? fields['Tables']
  if (tables !== undefined) return tableRows(tables)
  if (fields['preview'] === undefined) {
    // Elasticsearch's to SQL and ES|QL
    const rows = zip(fields['columns'], fields['rows'] ?? fields['values'])
    if (rows.length > 0) return rows
  } else if (fields['result'] === undefined) return splunkRows(fields)
  const lists = listsOf(fields)
  return lists.length === 0 ? null : lists.flat()
}

/** What only an event has: a list by one of the looser names is a field of it. */
const OF_EVENTS = ['EventID', 'event_id', '@timestamp', 'System', 'Event']
const LOOSE: ReadonlySet<string> = new Set(['events', 'rows'])

/** Where Zircolite lists the events that a rule found. */
const ZIRCOLITES = 'matches'

/** The lists of records in an answer, in their order. */
function listsOf(fields: JsonObject): (readonly JsonObject[])[] {
  const lists = Object.entries(fields).flatMap(([name, value]) => {
    const list = LISTS.has(name.toLowerCase()) || name === ZIRCOLITES ? listUnder(name, value) : null
    return list?.every(isObject) ? [{ name: name.toLowerCase(), list }] : []
  })
  const isEvent = lists.every(({ name }) => LOOSE.has(name)) && OF_EVENTS.some((name) => name in fields)
  return isEvent ? [] : lists.map(({ list }) => list)
}

/** A list that holds anything, also where Elasticsearch puts its own. */
function listUnder(name: string, value: JsonValue | undefined): readonly JsonValue[] | null {
  const list = name === 'hits' && isObject(value) ? value['hits'] : value
  return Array.isArray(list) && list.length > 0 ? list : null
}

/** Of several searches at once the records of all; one that failed is kept, to be rejected as what it is. Null where none found any. */
function answersIn(responses: JsonValue | undefined): readonly JsonObject[] | null {
  const answers = Array.isArray(responses) ? responses.filter(isObject) : []
  if (!answers.some((answer) => hitsIn(answer) !== null)) return null
  return answers.flatMap((answer) => hitsIn(answer) ?? (isObject(answer['hits']) ? [] : [answer]))
}

/** Log Analytics' and Kusto's answers: tables, each of columns and rows. */
function tableRows(tables: JsonValue | undefined): JsonObject[] | null {
  if (!Array.isArray(tables)) return null
  const rows = tables.flatMap((table) =>
    isObject(table) ? zip(table['columns'] ?? table['Columns'], table['rows'] ?? table['Rows']) : [],
  )
  return rows.length === 0 ? null : rows
}

/** Splunk's: a list of records, or names of fields and rows. What ends a stream of its records is none. */
function splunkRows(fields: JsonObject): readonly JsonObject[] | null {
  if (fields['lastrow'] === true) return []
  const { results } = fields
  if (Array.isArray(results) && results.length > 0 && results.every(isObject)) return results
  const rows = zip(fields['fields'], fields['rows'] ?? turned(fields['columns']))
  return rows.length === 0 ? null : rows
}

function zip(columns: JsonValue | undefined, rows: JsonValue | undefined): JsonObject[] {
  if (!Array.isArray(columns) || !Array.isArray(rows)) return []
  const names = columns.map((column) =>
    String(isObject(column) ? (column['name'] ?? column['ColumnName']) : column),
  )
  if (!canSpread(names, rows.length)) return []
  // of its own cells: a short row costs no more than it prints
  return rows.flatMap((row) =>
    Array.isArray(row)
      ? [Object.fromEntries(row.slice(0, names.length).map((cell, index) => [names[index], cell]))]
      : [],
  )
}

/** Rows of what is listed column by column (json_cols); null where a column is no list or not as long as the first. */
function turned(columns: JsonValue | undefined): JsonValue[][] | undefined {
  if (!Array.isArray(columns) || !columns.every((column) => Array.isArray(column))) return undefined
  const length = columns[0]?.length ?? 0
  if (columns.some((column) => column.length !== length)) return undefined
  return Array.from({ length }, (_, row) => columns.map((column) => column[row] ?? null))
}
