import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { type ExportName, exportCsv } from '@/lib/store/exports/registry'
import { pool } from '@/lib/store/pool'
import { EXAMPLE_CREATION, storeCreations } from '@/lib/store/screens/example-creation'
import { listReached } from '@/lib/store/screens/executions/reached'
import { withTestDatabase } from '@/lib/store/test-database'
import { countActionTelemetry, loadChildUse, loadModuleUse, loadNetworkUse } from './actions'
import { type BinaryView, findBinary } from './view'

const ALL: Scope = { kind: 'all' }
let view: BinaryView
let workstations: Scope

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  await storeCreations([
    { ...EXAMPLE_CREATION, recordKey: 'a' },
    { ...EXAMPLE_CREATION, recordKey: 'b', host: 'srv-1.corp.example' },
  ])
  const entryId = (await findBinary('rundll32.exe'))?.id ?? 0
  view = { entryId, window: { from: '2026-01-01', to: '2026-01-10' }, host: null, group: null }
  const group = await pool().query("INSERT INTO host_group (name) VALUES ('Workstations') RETURNING id")
  workstations = { kind: 'groups', groupIds: [group.rows[0].id] }
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, $1, '2020-01-01' FROM host WHERE name LIKE 'ws-%'",
    [group.rows[0].id],
  )
  // one file with two hashes; the last of the days below is outside the window
  await pool().query(`INSERT INTO module (id, path, file_name, signed, signer, signature_status, md5) VALUES
    (1, 'C:\\Program Files\\Vendor\\tool.dll', 'tool.dll', true, 'Vendor', 'valid', NULL),
    (2, 'C:\\Users\\ada\\AppData\\Local\\Temp\\x.dll', 'x.dll', false, NULL, NULL, 'aa'),
    (3, 'C:\\Users\\ada\\AppData\\Local\\Temp\\x.dll', 'x.dll', false, NULL, NULL, 'bb')`)
  await pool().query(`INSERT INTO destination (id, protocol, ip, name, port, initiated) VALUES
    (1, 'tcp', '203.0.113.7', NULL, 443, true), (2, 'tcp', '203.0.113.8', NULL, 443, true), (3, 'dns', NULL, 'cdn.example.net', NULL, NULL)`)
  for (const [day, only] of [
    ['2026-01-05', '%'],
    ['2026-01-06', 'ws-%'],
    ['2025-12-31', '%'],
  ]) {
    const from = `FROM host h, generate_series(1, 3) n WHERE h.name LIKE '${only}'`
    await pool().query(
      `INSERT INTO module_use SELECT h.id, '${day}', ${entryId}, n, CASE n WHEN 1 THEN 9 ELSE 1 END, now(), now() ${from}`,
    )
    await pool().query(
      `INSERT INTO network_use SELECT h.id, '${day}', ${entryId}, n, 'cdn.example.net', 1, 2, 0, now(), now() ${from}`,
    )
    await pool().query(
      `INSERT INTO child_use SELECT h.id, '${day}', ${entryId}, i.id, 4, now(), now() FROM host h, image i WHERE h.name LIKE '${only}'`,
    )
  }
  await pool().query(
    `INSERT INTO telemetry SELECT a.id, a.host_id, '2026-01-05', 0, kind, subject, 1, now(), now()
     FROM host_alias a JOIN host h ON h.id = a.host_id, (VALUES (0, 'rundll32.exe'), (0, 'mshta.exe'), (2, '')) AS t(kind, subject)
     WHERE h.name LIKE 'srv-%'`,
  )
  await pool().query(
    `INSERT INTO coverage (host_id, day, sensor, creations, with_command_line, with_parent, with_hash, first_at, last_at)
     SELECT id, '2026-01-05', 0, 5, 5, 5, 0, now(), now() FROM host`,
  )
})

test('a file is listed once whatever its hashes, unsigned ones first, and only days in view count', async () => {
  const { rows, total } = await loadModuleUse(ALL, view)
  expect(total).toBe(2)
  expect(rows).toMatchObject([
    { folder: 'user-temp', signed: false, hosts: 2, days: 2, executions: 6 },
    { folder: 'program-files', signer: 'Vendor', hosts: 2, days: 2, executions: 27 },
  ])
})
test('addresses of one name are one destination, and asking for the name is told apart from connecting', async () => {
  const { rows } = await loadNetworkUse(ALL, view)
  expect(rows).toMatchObject([
    {
      protocol: 'tcp',
      name: 'cdn.example.net',
      addresses: 2,
      port: 443,
      events: 12,
      value: 'example.net:443',
    },
    { protocol: 'dns', name: 'cdn.example.net', ip: null, events: 6, value: 'example.net' },
  ])
})
test("what another group's hosts did is neither listed nor counted", async () => {
  expect((await loadModuleUse(workstations, view)).rows.map(({ hosts }) => hosts)).toEqual([1, 1])
  expect((await loadChildUse(workstations, view)).rows).toMatchObject([{ hosts: 1, days: 2, executions: 8 }])
  expect((await loadChildUse(ALL, { ...view, host: 'srv-1.corp.example' })).rows).toMatchObject([
    { executions: 4 },
  ])
  expect(await countActionTelemetry(workstations, view, 'rundll32.exe')).toEqual({
    hosts: 1,
    modules: 0,
    network: 0,
    creations: 1,
  })
})
test('an address or a name is found with what reached it, in scope, whatever its case', async () => {
  const who = async (word: string, scope: Scope = ALL) =>
    (await listReached(scope, [word])).reached.map(({ slug, host }) => `${slug} on ${host}`)
  expect((await who('203.0.113.7')).length).toBeGreaterThan(0)
  expect((await who('CDN.example.net')).length).toBeGreaterThan(0)
  expect(await who('203.0.113.77')).toEqual([])
  expect(await who('203.0.113.7', { kind: 'groups', groupIds: [99] })).toEqual([])
})

test('hosts that send such events are counted, module loads by binary, creations of any program by what the days of hosts hold', async () => {
  expect(await countActionTelemetry(ALL, view, 'rundll32.exe')).toEqual({
    hosts: 2,
    modules: 1,
    network: 1,
    creations: 2,
  })
  expect((await countActionTelemetry(ALL, view, 'regsvr32.exe')).modules).toBe(0)
})

async function csvOf(name: ExportName, asked: Record<string, string> = {}, scope = ALL) {
  const { from, to } = view.window
  const pieces: Uint8Array[] = []
  for await (const piece of await exportCsv(name, { scope, judge: null }, { from, to, ...asked }))
    pieces.push(piece)
  const rows: Record<string, string>[] = parse(Buffer.concat(pieces).toString('utf8'), { columns: true })
  return rows
}

test('CSV has what the lists of a page have, of the hosts and days in view', async () => {
  const asked = { binary: 'rundll32.exe' }
  const modules = await loadModuleUse(ALL, view)
  expect(await csvOf('modules', asked)).toMatchObject(
    modules.rows.map(({ path, folder, hosts, days, executions }) => ({
      module: path,
      folder,
      hosts: String(hosts),
      days: String(days),
      executions: String(executions),
    })),
  )
  const network = await loadNetworkUse(ALL, view)
  const destinations = await csvOf('destinations', asked)
  expect(destinations.map(({ counts_as }) => counts_as)).toEqual(network.rows.map(({ value }) => value ?? ''))
  expect(destinations).toMatchObject([
    { protocol: 'tcp', name: 'cdn.example.net', addresses: '2', port: '443', events: '12', executions: '6' },
    { protocol: 'dns', name: 'cdn.example.net', ip: '', addresses: '0', port: '', events: '6' },
  ])
  expect(await csvOf('programs', asked, workstations)).toMatchObject([{ hosts: '1', executions: '8' }])
  expect(await csvOf('programs', { ...asked, host: 'srv-1.corp.example' })).toMatchObject([
    { executions: '4' },
  ])
  expect(await csvOf('modules', { ...asked, group: 'Workstations' })).toMatchObject([
    { hosts: '1' },
    { hosts: '1' },
  ])
  expect(await csvOf('modules', { binary: 'mshta.exe' })).toEqual([])
})

test('CSV has what a page counts and does not show, and no text of it is a formula', async () => {
  await pool().query(
    `INSERT INTO image (id, path, file_name) SELECT 1000 + n, '=started' || n, 'x' FROM generate_series(1, 150) n`,
  )
  await pool().query(
    `INSERT INTO child_use SELECT h.id, '2026-01-07', $1, i.id, 1, now(), now() FROM host h, image i
     WHERE h.name LIKE 'ws-%' AND i.path LIKE '=started%'`,
    [view.entryId],
  )
  const { rows, total } = await loadChildUse(ALL, view)
  expect(rows.length).toBeLessThan(total)
  const listed = await csvOf('programs', { binary: 'rundll32.exe' })
  expect(listed).toHaveLength(total)
  expect(listed.filter(({ program }) => program?.startsWith("'=started"))).toHaveLength(150)
})
