import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildChunk, buildFile, dataTree } from '@/fixtures/evtx/build-evtx'
import { text } from '@/fixtures/evtx/values'
import {
  DEFENDER,
  ENVELOPE,
  hostileText,
  poisoned,
  SHAPES,
  SYSMON,
  winlogbeat,
} from '@/fixtures/hostile-records'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import type { ImportFileSummary } from '@/lib/store/imports'
import { createPool, type Pool } from '@/lib/store/pool'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { memorySource } from './byte-source'
import { importExample } from './example-import'

let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.appUrl)
  await ensureCatalogue(pool)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const RUNS = { numRuns: 4, endOnFailure: true }
const MANY = { minLength: 60, maxLength: 60, size: 'max' } as const

let goods = 0

/** A record that must be stored, whatever stands around it. */
function good(): { guid: string; line: string } {
  const guid = `22222222-0000-0000-0000-${String(++goods).padStart(12, '0')}`
  const data = { ...SYSMON, ProcessGuid: `{${guid}}` }
  return {
    guid,
    line: winlogbeat('Microsoft-Windows-Sysmon', 1, { ...ENVELOPE, computer: 'good.corp.example' }, data),
  }
}

const read = (name: string, bytes: Uint8Array) => importExample(pool, memorySource(name, bytes))

async function countStored(guids: readonly string[]): Promise<number> {
  const { rowCount } = await pool.query('SELECT 1 FROM execution WHERE guid_text(process_guid) = ANY($1)', [
    guids,
  ])
  return rowCount ?? 0
}

/** Every record was read or rejected, both good ones are stored, and scores can be computed. */
async function expectWhole(files: readonly ImportFileSummary[], records: number, guids: readonly string[]) {
  expect(files.map(({ state, error, records: read }) => ({ state, error, read }))).toEqual([
    { state: 'done', error: null, read: records },
  ])
  const [file] = files
  const creations = file?.eventsByKind['process-creation'] ?? 0
  // nothing disappears: what was recognised as a creation is stored, or was there already
  expect((file?.processes ?? 0) + (file?.processesDuplicate ?? 0)).toBe(creations)
  expect(await countStored(guids)).toBe(guids.length)
  await finishWork(pool, () => undefined)
}

describe.each(Object.entries(SHAPES))('%s', (_shape, record) => {
  test('no record, however hostile, stops the import of the others or the scoring', {
    timeout: 300_000,
  }, async () => {
    const batch = fc.array(record, MANY)
    await fc.assert(
      fc.asyncProperty(batch, async (hostile) => {
        const [first, last] = [good(), good()]
        const lines = [first.line, ...hostile, last.line]
        await expectWhole(await read('hostile.json', Buffer.from(`${lines.join('\n')}\n`)), lines.length, [
          first.guid,
          last.guid,
        ])
      }),
      RUNS,
    )
  })
})

test('no text in a record, however deep, stops the others', async () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  const texts = [`{"time":1,"event":${deep}}`, `{"tables":[{"columns":[${deep}],"rows":[[1]]}]}`]
  const [first, last] = [good(), good()]
  const hostile = texts.flatMap((message) =>
    [{ message }, { event: message, time: 1 }].map((record) => JSON.stringify(record)),
  )
  const lines = [first.line, ...hostile, last.line]
  await expectWhole(await read('deep.json', Buffer.from(`${lines.join('\n')}\n`)), lines.length, [
    first.guid,
    last.guid,
  ])
})

test('no row of a table, however hostile, stops the others', { timeout: 300_000 }, async () => {
  const columns = Object.keys(DEFENDER)
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const row = (record: Record<string, string>) =>
    columns.map((column) => cell(record[column] ?? '')).join(',')
  await fc.assert(
    fc.asyncProperty(fc.array(poisoned(DEFENDER, hostileText), MANY), async (hostile) => {
      const rows = [...hostile, { ...DEFENDER, DeviceName: 'good.corp.example', ReportId: String(++goods) }]
      const csv = [[...columns, '__proto__'].join(','), ...rows.map((record) => `${row(record)},x`)].join(
        '\n',
      )
      await expectWhole(await read('hostile.csv', Buffer.from(csv)), rows.length, [])
    }),
    RUNS,
  )
})

test('no event of an EVTX file, however hostile, stops the others', { timeout: 300_000 }, async () => {
  const short = hostileText.map((value) => value.slice(0, 1000))
  await fc.assert(
    fc.asyncProperty(fc.array(poisoned(SYSMON, short), { minLength: 5, maxLength: 5 }), async (hostile) => {
      const guid = `22222222-0000-0000-0000-${String(++goods).padStart(12, '0')}`
      const events = [...hostile, { ...SYSMON, ProcessGuid: `{${guid}}` }].map((record, index) => ({
        id: index + 1,
        data: {
          instance: {
            tree: dataTree([...Object.keys(SYSMON), '__proto__']),
            values: [...Object.values(record), 'x'].map(text),
          },
        },
      }))
      await expectWhole(await read('hostile.evtx', buildFile([buildChunk(events).bytes])), events.length, [
        guid,
      ])
    }),
    RUNS,
  )
})
