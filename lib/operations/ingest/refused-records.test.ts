import { afterAll, beforeAll, expect, test } from 'vitest'
import { ENVELOPE, SYSMON, winlogbeat } from '@/fixtures/hostile-records'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import type { Actor } from '@/lib/pipeline/actor'
import { createPool, type Pool, pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { memorySource } from './byte-source'
import { importExample } from './example-import'
import { ingestBulk } from './ingest-bulk'

const REFUSED = 'C:\\refused.exe'
const database = withTestDatabase()
let owner: Pool
beforeAll(async () => {
  await ensureCatalogue(pool())
  owner = createPool(database().url)
  // stands for whatever the database may find fault with
  await owner.query(`ALTER TABLE launch ADD CONSTRAINT tried CHECK (parent_image <> '${REFUSED}')`)
})
afterAll(async () => {
  await owner.end()
})

let made = 0
/** A process creation as winlogbeat ships it, a process of its own. */
function creation(parent = 'C:\\Windows\\explorer.exe'): { guid: string; line: string } {
  const guid = `44444444-0000-0000-0000-${String(++made).padStart(12, '0')}`
  const data = { ...SYSMON, ProcessGuid: `{${guid}}`, ParentImage: parent }
  return {
    guid,
    line: winlogbeat('Microsoft-Windows-Sysmon', 1, { ...ENVELOPE, computer: 'ws.corp.example' }, data),
  }
}

async function stored(records: readonly { guid: string }[]): Promise<number[]> {
  const { rows } = await pool().query<{ guid: string }>(
    'SELECT guid_text(process_guid) AS guid FROM execution',
  )
  const guids = new Set(rows.map(({ guid }) => guid))
  return records.map(({ guid }) => Number(guids.has(guid)))
}

test('of a file, what the database itself refuses is rejected by its number, and its neighbours are stored', async () => {
  const records = [creation(), creation(REFUSED), creation(), creation()]
  const lines = [...records.map(({ line }) => line), 'no record']
  const [file] = await importExample(
    pool(),
    memorySource('refused.json', Buffer.from(`${lines.join('\n')}\n`)),
  )
  expect(file).toMatchObject({ state: 'done', records: 5, executions: 3, rejected: 2 })
  expect(file?.rejections.map(({ position }) => position).sort()).toEqual([2, 5])
  expect(file?.rejections.find(({ position }) => position === 2)?.reason).toContain(
    'the database cannot hold',
  )
  expect(await stored(records)).toEqual([1, 0, 1, 1])
})

test('of a bulk request, it is told in its place, and the rest is stored', async () => {
  const records = [creation(), creation(), creation(REFUSED), creation(), creation(REFUSED)]
  async function* body() {
    yield Buffer.from(records.map(({ line }) => `{"create":{}}\n${line}\n`).join(''))
  }
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO api_key (id, name, prefix, hash, scopes) VALUES (gen_random_uuid(), 'test', 'cordon_', 'test', '{ingest}') RETURNING id`,
  )
  const shipper: Actor = {
    kind: 'key',
    keyId: rows[0]?.id ?? '',
    name: 'test',
    keyScopes: ['ingest'],
    scope: { kind: 'all' },
  }
  const outcome = await ingestBulk(shipper, body())
  expect(outcome.map(({ reason }) => reason === null)).toEqual([true, true, false, true, false])
  expect(await stored(records)).toEqual([1, 1, 0, 1, 0])
})
