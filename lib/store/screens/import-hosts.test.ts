import { beforeAll, expect, test } from 'vitest'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { moveUpload, openImportFile } from '@/lib/store/imports'
import { forgetOldHosts } from '@/lib/store/ingest/import-hosts'
import type { IncomingTelemetry } from '@/lib/store/ingest/telemetry'
import { NO_REST, writeBatch } from '@/lib/store/ingest/write-batch'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { EXAMPLE_CREATION, storeCreations } from './example-creation'
import { listExecutionFiles, listImportHosts, summariseImportHosts } from './import-hosts'
import type { ImportViewer } from './imports'

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
})

const ALL: ImportViewer = { scope: { kind: 'all' }, actorId: null }
const REQUEST = {
  q: '',
  sort: 'name',
  descending: false,
  page: 1,
  pageSize: 50,
  after: null,
  filters: {},
} as const
const at = (time: string) => Date.parse(time) * 1000
const creation = (host: string, time: string) => ({
  ...EXAMPLE_CREATION,
  recordKey: `${host} ${time}`,
  host,
  time: { us: at(time), tick: 0 },
})
const names = async (viewer: ImportViewer, id: string, request: Parameters<typeof listImportHosts>[2]) =>
  (await listImportHosts(viewer, id, request)).rows.map(({ name }) => name)

/** Of one more file, or more of one. */
async function storeTelemetry(uploadId: string, telemetry: readonly IncomingTelemetry[], appends = false) {
  const file = await openImportFile(pool(), uploadId, 'telemetry.json', 'json')
  const receipt = {
    importFileId: file.id,
    checkpoint: 1,
    records: 1,
    eventsByKind: {},
    rejections: [],
    firstAtUs: null,
    lastAtUs: null,
  }
  await writeBatch(pool(), [], appends ? { ...receipt, appends } : receipt, { ...NO_REST, telemetry })
}

const loads = (hostName: string, time: string): IncomingTelemetry => ({
  hostName,
  day: time.slice(0, 10),
  sensor: 'sysmon',
  kind: 'module-load',
  subject: '',
  hours: 1,
  firstAtUs: at(time),
  lastAtUs: at(time),
  leastShift: null,
  greatestShift: null,
})

test('an import tells of each host from when to when, in which kinds, and which executions it told of first', async () => {
  const lines = [creation('ws-1', '2026-01-05T09:00Z'), creation('ws-1', '2026-01-07T09:00Z')]
  const id = await storeCreations([...lines, creation('ws-2', '2026-01-06T09:00Z')])
  await storeTelemetry(id, [loads('ws-1', '2026-01-08T10:00Z'), loads('ws-3', '2026-01-04T10:00Z')])
  const { rows, total } = await listImportHosts(ALL, id, REQUEST)
  expect(total).toBe(3)
  const day = (time: string) => ({ firstAtUs: at(time), lastAtUs: at(time) })
  expect(rows).toMatchObject([
    {
      name: 'ws-1',
      firstAtUs: at('2026-01-05T09:00Z'),
      lastAtUs: at('2026-01-08T10:00Z'),
      executions: 2,
      kinds: ['module-load', 'process-creation'],
    },
    { name: 'ws-2', ...day('2026-01-06T09:00Z'), executions: 1, kinds: ['process-creation'] },
    { name: 'ws-3', ...day('2026-01-04T10:00Z'), executions: 0, kinds: ['module-load'] },
  ])
  expect(await summariseImportHosts(ALL, id)).toEqual({
    hosts: 3,
    firstAtUs: at('2026-01-04T10:00Z'),
    lastAtUs: at('2026-01-08T10:00Z'),
    complete: true,
  })
  expect(await names(ALL, id, { ...REQUEST, sort: 'executions', descending: true })).toEqual([
    'ws-1',
    'ws-2',
    'ws-3',
  ])
  expect(await names(ALL, id, { ...REQUEST, filters: { kind: ['module-load'] } })).toEqual(['ws-1', 'ws-3'])
  expect(await names(ALL, id, { ...REQUEST, q: 's-2' })).toEqual(['ws-2'])
  expect(await listExecutionFiles(ALL, id)).toHaveLength(1)
  // of a release before: what another file or the catalogue gave it later is counted of hosts alone
  await pool().query('UPDATE import_file SET executions = 0 WHERE upload_id = $1', [id])
  expect(await listExecutionFiles(ALL, id)).toHaveLength(1)

  const again = await storeCreations(lines)
  expect(await listImportHosts(ALL, again, REQUEST)).toMatchObject({
    total: 1,
    rows: [{ name: 'ws-1', executions: 0, lastAtUs: at('2026-01-07T09:00Z') }],
  })
  expect(await listExecutionFiles(ALL, again)).toEqual([])
})

test('a merged host is told as what it has become, once', async () => {
  const id = await storeCreations([
    creation('pc-a', '2026-01-05T09:00Z'),
    creation('pc-b', '2026-01-06T09:00Z'),
  ])
  await pool().query(
    "UPDATE host_alias SET host_id = (SELECT host_id FROM host_alias WHERE alias = 'pc-b') WHERE alias = 'pc-a'",
  )
  expect(await listImportHosts(ALL, id, REQUEST)).toMatchObject({
    total: 1,
    rows: [{ name: 'pc-b', executions: 2, firstAtUs: at('2026-01-05T09:00Z') }],
  })
  expect(await summariseImportHosts(ALL, id)).toMatchObject({ hosts: 1 })
})

test('who sees some hosts sees those alone of what they uploaded, and nothing of what others did', async () => {
  const id = await storeCreations([
    creation('till-1', '2026-01-05T09:00Z'),
    creation('dc-1', '2026-01-06T09:00Z'),
  ])
  const group = await pool().query("INSERT INTO host_group (name) VALUES ('Tills') RETURNING id")
  const groupIds = [group.rows[0].id]
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, $1, '1970-01-01' FROM host WHERE name = 'till-1'",
    groupIds,
  )
  const actorId = '5b0f3a52-0e1c-4b8e-9a53-0d6b1d2a7c11'
  const viewer: ImportViewer = { scope: { kind: 'groups', groupIds }, actorId }
  expect(await names(viewer, id, REQUEST)).toEqual([])
  expect(await summariseImportHosts(viewer, id)).toMatchObject({ hosts: 0, firstAtUs: null })
  await pool().query('UPDATE upload SET actor_id = $1 WHERE id = $2', [actorId, id])
  expect(await names(viewer, id, REQUEST)).toEqual(['till-1'])
  expect(await summariseImportHosts(viewer, id)).toMatchObject({
    hosts: 1,
    lastAtUs: at('2026-01-05T09:00Z'),
  })
})

test('nothing is said of what was taken back, of shippers, or of days that are no longer kept', async () => {
  const id = await storeCreations([
    creation('lab-1', '2026-01-05T09:00Z'),
    creation('lab-2', '2026-02-05T09:00Z'),
  ])
  await storeTelemetry(id, [loads('lab-3', '2026-02-08T10:00Z')], true)
  expect(await names(ALL, id, REQUEST)).toEqual(['lab-1', 'lab-2'])
  await forgetOldHosts(pool(), '2026-02-01')
  expect(await names(ALL, id, REQUEST)).toEqual(['lab-2'])
  await pool().query("UPDATE upload SET state = 'done' WHERE id = $1", [id])
  await moveUpload(pool(), id, ['done'], 'taking-back')
  expect(await names(ALL, id, REQUEST)).toEqual([])
  expect(await summariseImportHosts(ALL, id)).toMatchObject({ hosts: 0, firstAtUs: null })
})
