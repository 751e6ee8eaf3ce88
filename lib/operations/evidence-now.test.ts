import { beforeAll, expect, test } from 'vitest'
import { loadEvidence } from '@/lib/store/evidence'
import { pool } from '@/lib/store/pool'
import { noteChangedUse } from '@/lib/store/recompute/refresh-use'
import type { HostScope } from '@/lib/store/scope'
import { findBinary } from '@/lib/store/screens/binary/view'
import { transaction } from '@/lib/store/sql'
import { withExampleScreens } from './example-screens'

const FLEET: HostScope = { kind: 'all' }
const TILLS: HostScope = { kind: 'groups', groupIds: [1] }
let entryId: number

withExampleScreens()
beforeAll(async () => {
  entryId = (await findBinary('mshta.exe'))?.id ?? 0
})

/** The same, counted row by row. */
async function countUsage(hosts: string) {
  const { rows } = await pool().query(
    `SELECT sum(u.executions)::int AS executions, count(DISTINCT u.host_id)::int AS hosts, count(DISTINCT s.pattern_id)::int AS patterns,
       count(DISTINCT s.feature_ids[3])::int AS parents, count(DISTINCT lower(coalesce(w.name, w.sid)))::int AS users, max(u.day) AS "lastDay",
       max(u.score_millibits) AS "highestScoreMillibits"
     FROM usage u JOIN signature s ON s.id = u.signature_id LEFT JOIN principal w ON w.id = u.principal_id
     WHERE u.entry_id = $1 AND u.host_id IN (${hosts})`,
    [entryId],
  )
  return rows[0]
}
const ALL_HOSTS = 'SELECT id FROM host'
const TILL_HOSTS = 'SELECT host_id FROM host_group_member WHERE group_id = 1 AND valid_to IS NULL'

test('evidence counts what usage says, for the fleet, groups and single hosts', async () => {
  const hostIds = (await pool().query<{ host_id: number }>(TILL_HOSTS)).rows.map(({ host_id }) => host_id)
  expect(await loadEvidence(FLEET, entryId)).toMatchObject(await countUsage(ALL_HOSTS))
  expect(await loadEvidence(TILLS, entryId)).toMatchObject(await countUsage(TILL_HOSTS))
  expect(await loadEvidence({ kind: 'hosts', hostIds }, entryId)).toMatchObject(await countUsage(TILL_HOSTS))
  const { topHosts, topPatterns, topParents, topUsers, executions } = await loadEvidence(FLEET, entryId)
  const sum = (all: readonly { executions: number }[]) =>
    all.reduce((total, one) => total + one.executions, 0)
  expect([topHosts, topPatterns, topParents, topUsers].map(sum)).toEqual(Array(4).fill(executions))
})
test('evidence counts use that was computed since its rollups were made', async () => {
  const before = await loadEvidence(FLEET, entryId)
  await transaction(pool(), async (client) => {
    const { rows } = await client.query<{ host_id: number; day: string }>(
      `UPDATE usage SET executions = executions + 7, score_millibits = 77000 WHERE entry_id = $1 AND host_id = (SELECT min(host_id) FROM usage WHERE entry_id = $1)
       RETURNING host_id, day`,
      [entryId],
    )
    await noteChangedUse(
      client,
      rows.map(({ host_id }) => host_id),
      rows.map(({ day }) => day),
    )
  })
  const after = await loadEvidence(FLEET, entryId)
  expect(after.executions).toBeGreaterThan(before.executions)
  expect(after).toMatchObject({ ...(await countUsage(ALL_HOSTS)), highestScoreMillibits: 77_000 })
})

test('a name that is reported in another case, or with a SID, is one user in number and list', async () => {
  const before = await loadEvidence(FLEET, entryId)
  const [most] = before.topUsers
  if (most === undefined) throw new Error('nobody used it')
  await transaction(pool(), async (client) => {
    await client.query("INSERT INTO principal (id, name, sid) VALUES (42, lower($1), 'S-1-5-21-42')", [
      most.name,
    ])
    const { rows } = await client.query<{ host_id: number; day: string }>(
      `UPDATE usage SET principal_id = 42 WHERE entry_id = $1 AND principal_id IN (SELECT id FROM principal WHERE name = $2)
         AND day = (SELECT max(day) FROM usage u JOIN principal w ON w.id = u.principal_id WHERE u.entry_id = $1 AND w.name = $2)
       RETURNING host_id, day`,
      [entryId, most.name],
    )
    expect(rows.length).toBeGreaterThan(0)
    await noteChangedUse(
      client,
      rows.map(({ host_id }) => host_id),
      rows.map(({ day }) => day),
    )
  })
  const after = await loadEvidence(FLEET, entryId)
  expect(after.users).toBe(before.users)
  expect(after.topUsers.map(({ name, ...counts }) => ({ name: name.toLowerCase(), ...counts }))).toEqual(
    before.topUsers.map(({ name, ...counts }) => ({ name: name.toLowerCase(), ...counts })),
  )
})

test('a log from long ago, of one host of many, does not begin the days that evidence looks back over', async () => {
  const { window } = await loadEvidence(FLEET, entryId)
  await pool().query(
    `WITH made AS (INSERT INTO host (name) SELECT 'new-' || n FROM generate_series(1, 20) n RETURNING id)
     INSERT INTO coverage SELECT (jsonb_populate_record(c, jsonb_build_object('host_id', m.id, 'day', c.day - CASE WHEN m.id = (SELECT min(id) FROM made) THEN 90 ELSE 0 END))).*
     FROM coverage c, made m WHERE (c.host_id, c.day, c.sensor) = (SELECT host_id, day, sensor FROM coverage ORDER BY day LIMIT 1)`,
  )
  expect((await loadEvidence(FLEET, entryId)).window).toEqual(window)
})

test('use before the days that evidence looks back over is counted apart, and so are its hosts and its last day', async () => {
  const { executions, hosts, lastDay, earlier } = await loadEvidence(FLEET, entryId)
  expect(earlier).toEqual({ executions: 0, hosts: 0, lastDay: null })
  await pool().query(
    `INSERT INTO coverage SELECT (jsonb_populate_record(c, jsonb_build_object('day', c.day + 300))).* FROM coverage c
     WHERE day = (SELECT max(day) FROM coverage) LIMIT 1`,
  )
  const later = await loadEvidence(FLEET, entryId)
  expect(later).toMatchObject({ executions: 0, hosts: 0, lastDay: null })
  expect(later.earlier).toEqual({ executions, hosts, lastDay })
})
