import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { EXAMPLE_CREATION, storeCreations } from '../example-creation'
import { listHosts } from '../hosts'
import { loadArrivalsOf } from './arrivals'

const ALL: Scope = { kind: 'all' }
const WINDOW = { from: '2026-01-05', to: '2026-01-06' }
const request = { q: '', descending: true, page: 1, pageSize: 500, after: null, filters: {} } as const
const scopeOf = (groupId: number): Scope => ({ kind: 'groups', groupIds: [groupId] })
let hostId: number
let groupId: number

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  await storeCreations([{ ...EXAMPLE_CREATION, recordKey: 'a' }])
  const group = await pool().query("INSERT INTO host_group (name) VALUES ('Workstations') RETURNING id")
  groupId = group.rows[0].id
  const member = await pool().query(
    "INSERT INTO host_group_member SELECT id, $1, '2020-01-01', NULL FROM host RETURNING host_id",
    [groupId],
  )
  hostId = member.rows[0].host_id
})

test('which kinds of events arrive is told by kind and day, of all its names, and found in the list', async () => {
  await pool().query(
    `INSERT INTO telemetry (alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at, least_shift, greatest_shift)
     SELECT a.id, a.host_id, v.* FROM host_alias a, (VALUES
       ('2026-01-05'::date, 0::smallint, 0::smallint, '', 1, '2026-01-05 00:10Z'::timestamptz, '2026-01-05 00:20Z'::timestamptz, NULL::int, NULL::int),
       ('2026-01-06', 0, 0, '', 1, '2026-01-06 00:10Z', '2026-01-06 00:20Z', 3600, 7200),
       ('2026-01-06', 0, 0, 'mshta.exe', 2, '2026-01-06 01:10Z', '2026-01-06 01:20Z', NULL, NULL),
       ('2026-01-06', -1, 4, 'applocker', 4, '2026-01-06 02:10Z', '2026-01-06 02:20Z', NULL, NULL),
       ('2026-02-01', 0, 2, '', 4, '2026-02-01 02:10Z', '2026-02-01 02:20Z', NULL, NULL)) v WHERE a.host_id = $1`,
    [hostId],
  )
  const at = (time: string) => Date.parse(time) * 1000
  const arrivals = await loadArrivalsOf(scopeOf(groupId), hostId, WINDOW)
  expect(arrivals).toEqual({
    kinds: [
      {
        kind: 'module-load',
        sources: ['sysmon'],
        days: [
          { day: '2026-01-05', hours: 1, lastAt: at('2026-01-05T00:20Z') },
          { day: '2026-01-06', hours: 3, lastAt: at('2026-01-06T01:20Z') },
        ],
      },
      {
        kind: 'attempt',
        sources: ['applocker'],
        days: [{ day: '2026-01-06', hours: 4, lastAt: at('2026-01-06T02:20Z') }],
      },
    ],
    shift: { least: 3600, greatest: 7200 },
  })
  const servers = scopeOf(groupId + 1)
  expect(await loadArrivalsOf(servers, hostId, WINDOW)).toEqual({ kinds: [], shift: null })
  const sending = async (scope: Scope, kind: string) =>
    (await listHosts(scope, { ...request, sort: 'name', filters: { sends: [kind] } }, WINDOW)).rows.map(
      ({ name }) => name,
    )
  expect(await sending(ALL, 'module-load')).toEqual(['ws-1.corp.example'])
  expect(await sending(servers, 'module-load')).toEqual([])
  expect(await sending(ALL, 'dns-query')).toEqual([])
  expect(await sending(ALL, 'no such kind')).toEqual([])
})

test('a host that is silent in the window says when anything of it arrived last', async () => {
  await pool().query(
    `INSERT INTO telemetry (alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at)
     SELECT id, host_id, '2026-02-02', 0, 1, '', 1, '2026-02-02 00:10Z', '2026-02-02 00:20Z' FROM host_alias WHERE host_id = $1`,
    [hostId],
  )
  const later = { from: '2026-03-01', to: '2026-03-02' }
  const { rows } = await listHosts(ALL, { ...request, sort: 'name' }, later)
  expect(rows).toMatchObject([{ coverage: 'silent', lastAt: Date.parse('2026-02-02T00:20Z') * 1000 }])
})
