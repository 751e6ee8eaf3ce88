import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { kustoProblem } from '@/fixtures/kusto-problem'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { CordonEvent } from '@/lib/pipeline/event/event'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { EXAMPLE_ROWS } from './example-rows'
import { COLLECTION_SOURCES } from './registry'

const ENTRIES = CATALOGUE.filter(({ tier }) => tier === 'baseline')
const SOME = { entries: ENTRIES.filter(({ slug }) => /^(?:mshta|mavinject|osascript)/.test(slug)) }
const QUERIES = COLLECTION_SOURCES.flatMap((source) =>
  source.queries(SOME, 7).map((query) => [`${source.id}/${query.name}`, query] as const),
)

function valueAt(row: JsonObject, column: string): JsonValue | undefined {
  if (column in row) return row[column]
  return column
    .split('.')
    .reduce<JsonValue | undefined>(
      (at, key) => (at !== null && typeof at === 'object' && !Array.isArray(at) ? at[key] : undefined),
      row,
    )
}

function read(row: JsonObject): CordonEvent {
  const result = toEvent({ fields: row, position: 0, recordId: null }, { defaultHost: null })
  if (result.kind !== 'event') throw new Error(JSON.stringify(result))
  return result.event
}

describe.each(QUERIES)('%s', (id, query) => {
  const row = EXAMPLE_ROWS[id] ?? {}

  test('returns the columns that it says, each of which the example has', () => {
    for (const column of query.columns) expect(valueAt(row, column), column).toBeDefined()
    if (/\.(?:kql|spl|logscale)$/.test(id))
      for (const column of query.columns) expect(query.text).toContain(column)
    if (id.endsWith('.kql')) expect(kustoProblem(query.text)).toBe('')
  })

  test('what it returns is read whole: without any other column the event is the same', () => {
    const only = Object.fromEntries(
      Object.entries(row).filter(([key]) =>
        query.columns.some((column) => column === key || column.startsWith(`${key}.`)),
      ),
    )
    const event = read(only)
    expect(event).toEqual(read(row))
    expect(event.host).not.toBeNull()
    expect(event.kind).toBe(
      /image-load/.test(id)
        ? 'module-load'
        : /network|actions/.test(id)
          ? 'network-connection'
          : /control/.test(id)
            ? 'attempt'
            : 'process-creation',
    )
    if (event.kind !== 'process-creation') return
    expect(event).toMatchObject({
      commandLine: 'mshta a.hta',
      parentImage: expect.stringMatching(/explorer\.exe$/),
    })
  })

  test('every column is read: without it the event is another, or nothing is', () => {
    for (const column of flatColumns(query.columns)) {
      const { [column]: _gone, ...rest } = row
      const result = toEvent({ fields: rest, position: 0, recordId: null }, { defaultHost: null })
      const isSame = result.kind === 'event' && JSON.stringify(result.event) === JSON.stringify(read(row))
      expect(isSame && valueAt(row, column) !== '' && !SECOND_CHOICE.has(column), column).toBe(false)
    }
  })
})

/** Read where others are empty, or say what the reader could also tell by the rest. */
const SECOND_CHOICE = new Set([
  'EventID',
  '#event_simpleName',
  '_time',
  'host',
  'source',
  'sourcetype',
  'Fqdn',
  'TimeGenerated',
  'Source',
  'EventLog',
  'Channel',
  'EventSourceName',
  'ActionType',
  'FileName',
  'InitiatingProcessFileName',
  '@timestamp',
  'ConnectionDirection',
  'LocalPort',
  'aid',
  'TargetUserSid',
  'TargetUserName',
  'TargetDomainName',
  'TargetLogonId',
  'LocalIP',
  'LocalAddressIP4',
])

function flatColumns(columns: readonly string[]): string[] {
  return columns.filter((column) => !column.includes('.'))
}

test('each product is asked as its golden file says', async () => {
  for (const source of COLLECTION_SOURCES) {
    const printed = source.queries(SOME, 7).flatMap(({ name, text }) => [`==== ${name}`, text])
    await expect(printed.join('\n')).toMatchFileSnapshot(path.resolve(`fixtures/collection/${source.id}.txt`))
    expect(source.caps.length).toBeGreaterThan(0)
  }
})
