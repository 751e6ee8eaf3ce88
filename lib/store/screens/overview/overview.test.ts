import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { countNextAttemptDays, queueAllAttemptDays } from '@/lib/store/recompute/attempt-days'
import { noteAllUseSince, refreshUse } from '@/lib/store/recompute/refresh-use'
import { EXAMPLE_CREATION, storeCreations } from '@/lib/store/screens/example-creation'
import { searchNames } from '@/lib/store/screens/search'
import { transaction } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { readFleetCoverage } from './coverage'
import { countDecisions } from './decisions'
import { countDeviations, readTrends } from './deviations'
import { findPendingWork } from './work'

const ALL = { kind: 'all' } as const
const WINDOW = { from: '2026-01-01', to: '2026-01-10' }
let groupId: number

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  await storeCreations([
    { ...EXAMPLE_CREATION, recordKey: 'a' },
    { ...EXAMPLE_CREATION, recordKey: 'b', host: 'srv-1.corp.example' },
  ])
  await pool().query(
    "INSERT INTO deviation (id, entry_id, title) SELECT 5, id, 'rundll32 secret.dll,go' FROM catalogue_entry WHERE slug = 'rundll32.exe'",
  )
  await pool().query(
    `INSERT INTO deviation_hit SELECT h.id, '2026-01-05', 5, 1, 0, 9000, 0, 0, 0, 0, 1, now(), now(), '[]' FROM host h WHERE name LIKE 'srv%'`,
  )
  await pool().query(
    `INSERT INTO coverage SELECT id, '2026-01-05', 0, 10, CASE WHEN name LIKE 'srv%' THEN 0 ELSE 10 END, 10, 5, now(), now() FROM host`,
  )
  await pool().query(
    "INSERT INTO signature SELECT 1, id, NULL, '{}', '{\"renamed\":true}', 0 FROM catalogue_entry WHERE slug = 'rundll32.exe'",
  )
  await pool().query(
    `INSERT INTO usage SELECT h.id, '2026-01-05', 1, 0, s.entry_id, 512, now(), now(), 1, 9000, 0, 0, false, true, true, '' FROM host h, signature s`,
  )
  await pool().query(
    `INSERT INTO telemetry (alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at)
     SELECT a.id, a.host_id, '2026-01-05', 0, k, s, 1, now(), now() FROM host_alias a, (VALUES (0, ''), (0, 'rundll32.exe'), (1, ''), (4, 'asr')) v(k, s)
     WHERE k < 1 OR a.alias LIKE 'srv%'`,
  )
  await pool().query("SELECT make_partition('attempt', '2026-01-01')")
  await pool().query(
    `INSERT INTO attempt (host_id, occurred_at, id, alias_id, control, outcome, file_path, import_file_id)
     SELECT a.host_id, t.at::timestamptz, o, a.id, 2, o, 'C:\\x.exe', (SELECT min(id) FROM import_file)
     FROM host_alias a, (VALUES (1, '2026-01-01 00:00Z'), (2, '2026-01-10 23:59:59Z'), (3, '2026-01-11 00:00Z')) t(o, at) WHERE a.alias LIKE 'srv%'`,
  )
  await transaction(pool(), queueAllAttemptDays)
  await countNextAttemptDays(pool())
  const { rows } = await pool().query("INSERT INTO host_group (name) VALUES ('Workstations') RETURNING id")
  groupId = rows[0].id
  await pool().query(
    "INSERT INTO host_group_member SELECT id, $1, '2020-01-01', NULL FROM host WHERE name LIKE 'ws-%'",
    [groupId],
  )
  await transaction(pool(), (client) => noteAllUseSince(client, '2026-01-01'))
  await refreshUse(pool())
})

test('hosts, binaries and deviations are found by a part of their names, those that start with it first', async () => {
  const found = await searchNames(ALL, 'rundll32')
  expect(found.slice(0, 2)).toEqual([
    { type: 'Binary', label: 'Rundll32.exe', href: '/binaries/rundll32.exe' },
    { type: 'Deviation', label: 'rundll32 secret.dll,go', href: '/deviations/5' },
  ])
  expect((await searchNames(ALL, 'CORP')).map(({ label }) => label)).toEqual([
    'ws-1.corp.example',
    'srv-1.corp.example',
  ])
  expect(await searchNames(ALL, '%')).toEqual([])
})
test("an account of one group finds nothing of other groups' hosts, and its overview counts none of them", async () => {
  const scope = { kind: 'groups', groupIds: [groupId] } as const
  expect(await searchNames(scope, 'srv')).toEqual([])
  expect(await searchNames(scope, 'secret')).toEqual([])
  expect((await countDeviations(scope)).byState).toEqual({})
  expect(await readFleetCoverage(scope, WINDOW)).toMatchObject({
    hosts: 1,
    sending: { modules: 1, connections: 0, attempts: 0, policies: 0, controls: 0 },
    attempts: 0,
    attemptsBlocked: 0,
  })
  expect((await readTrends(scope, WINDOW)).executions).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
})
test("the overview's numbers are those of the rows behind them", async () => {
  expect(await readFleetCoverage(ALL, WINDOW)).toMatchObject({
    hosts: 2,
    silent: 0,
    withoutCommandLines: 1,
    withBaseline: 0,
    creations: 20,
    withCommandLine: 10,
    withHash: 10,
    executions: 2,
    masquerading: 2,
    sending: { modules: 2, connections: 1, attempts: 1, policies: 0, controls: 1 },
    attempts: 2,
    attemptsBlocked: 1,
  })
  expect(await countDeviations(ALL)).toEqual({
    byState: { open: 1 },
    openFrom: [1, 1, 0, 0],
    rulingsInForce: 0,
  })
  expect((await readTrends(ALL, WINDOW)).newDeviations[4]).toBe(1)
  const decisions = await countDecisions(ALL)
  expect(decisions).toMatchObject({ seen: 1, undecidedSeen: 1, proposed: 0, approved: 0, namedInMission: 5 })
  expect(decisions.undecided).toBe(decisions.counted)
  expect(await findPendingWork({ scope: ALL, actorId: null })).toEqual({
    hosts: 2,
    from: '2026-01-05',
    uploads: 1,
  })
})
test('of what waits, an account of some groups sees its hosts and its own uploads alone', async () => {
  const nothing = { kind: 'groups', groupIds: [] } as const
  const scope = { kind: 'groups', groupIds: [groupId] } as const
  expect(await findPendingWork({ scope: nothing, actorId: null })).toEqual({
    hosts: 0,
    from: null,
    uploads: 0,
  })
  expect(await findPendingWork({ scope, actorId: randomUUID() })).toEqual({
    hosts: 1,
    from: '2026-01-05',
    uploads: 0,
  })
})
