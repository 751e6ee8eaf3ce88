import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { asLines, processes, securityRecord, sysmonRecord } from '@/fixtures/one-process'
import { type Actor, type Scope, systemActor } from '@/lib/pipeline/actor'
import { resolveHosts } from '@/lib/store/hosts'
import { createPool, pool } from '@/lib/store/pool'
import { loadRulings } from '@/lib/store/rulings'
import { listDeviationRulings } from '@/lib/store/screens/deviations/history'
import { listIncidents, listIncidentsOfHost } from '@/lib/store/screens/incidents'
import { withTestDatabase } from '@/lib/store/test-database'
import { mergeHosts, splitHost } from './host-identity'
import { memorySource } from './ingest/byte-source'
import { importExample } from './ingest/example-import'
import { finishWork, queueRebuild } from './recompute/recompute'
import { ensureCatalogue } from './seed-catalogue'

const ADMIN = systemActor('test')
const [A, B] = ['ws-a.corp.example', 'pc-b.corp.example']
const database = withTestDatabase()

beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'silent')
  await ensureCatalogue(pool())
})
beforeEach(async () => {
  const owner = createPool(database().url)
  await owner.query(`TRUNCATE execution, process, raw_block, host, host_alias, host_work, host_move, host_group, host_group_member,
    usage, host_value, prevalence, deviation_hit, deviation, incident, coverage CASCADE`)
  await owner.end()
})

async function read(...records: string[]): Promise<{ executions: number; duplicates: number }> {
  const [file] = await importExample(pool(), memorySource('test.ndjson', asLines(records)))
  return { executions: file?.executions ?? 0, duplicates: file?.executionsDuplicate ?? 0 }
}
const settle = () => finishWork(pool(), () => undefined)
const sysmon = (from: number, to: number, host: string) => processes(from, to, { host }).map(sysmonRecord)
const security = (from: number, to: number, host: string) => processes(from, to, { host }).map(securityRecord)

async function idOf(name: string): Promise<number> {
  return (await resolveHosts(pool(), [name])).get(name)?.hostId ?? 0
}

/** Facts and what is derived of them, by host name: all that merging and splitting must leave as if it had always been so. */
async function everything(): Promise<unknown> {
  const tables = {
    execution: 't.id, t.occurred_at, t.anchor_id, t.anchor_at, t.alias_id',
    creation: 't.id, t.occurred_at, t.alias_id, t.is_execution',
    raw_block: 't.day, t.records',
    usage: 't.day, t.signature_id, t.principal_id, t.executions, t.anchors, t.score_millibits, t.trusted',
    coverage: 't.day, t.sensor, t.creations, t.first_at, t.last_at',
    host_value: 't.entry_id, t.feature, t.value_id, t.first_day',
    deviation_hit: 't.day, t.deviation_id, t.score_millibits',
  }
  const found: Record<string, unknown> = {}
  for (const [table, columns] of Object.entries(tables)) {
    const { rows } = await pool().query(
      `SELECT h.name, ${columns} FROM ${table} t JOIN host h ON h.id = t.host_id ORDER BY 1, ${columns}`,
    )
    found[table] = rows
  }
  found['prevalence'] = (
    await pool().query('SELECT * FROM prevalence ORDER BY scope_id, entry_id, feature, value_id, day')
  ).rows
  return found
}

async function hostsOf(table: string): Promise<Record<string, number>> {
  const { rows } = await pool().query(
    `SELECT h.name, count(*)::int AS n FROM ${table} t JOIN host h ON h.id = t.host_id GROUP BY h.name`,
  )
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}

test('merged hosts are one in facts and in all that is derived, and a rebuild says the same', async () => {
  await read(...sysmon(0, 20, A), ...sysmon(100_000, 100_030, B))
  await settle()
  await mergeHosts(ADMIN, { hostIds: [await idOf(B)], intoId: await idOf(A) })
  await settle()
  for (const table of ['execution', 'creation']) expect(await hostsOf(table)).toEqual({ [A]: 50 })
  for (const table of ['raw_block', 'usage', 'coverage', 'host_value'])
    expect(Object.keys(await hostsOf(table))).toEqual([A])
  const merged = await everything()
  await queueRebuild(pool())
  await settle()
  expect(await everything()).toEqual(merged)
})

test('splitting the names off again undoes a merge, group and all, and merging again repeats it', async () => {
  await read(...sysmon(0, 20, A), ...sysmon(100_000, 100_030, B))
  await pool().query("INSERT INTO host_group (name) VALUES ('Servers')")
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT $1, id, '1970-01-01' FROM host_group",
    [await idOf(B)],
  )
  await settle()
  const before = await everything()
  const [a, b] = [await idOf(A), await idOf(B)]

  await mergeHosts(ADMIN, { hostIds: [b, a], intoId: a })
  await settle()
  const merged = await everything()
  expect(await splitHost(ADMIN, { hostId: a, names: [B] })).toBe(b)
  await settle()
  expect(await everything()).toEqual(before)

  await mergeHosts(ADMIN, { hostIds: [b], intoId: a })
  await settle()
  expect(await everything()).toEqual(merged)
  const { rows } = await pool().query(
    "SELECT action FROM audit_entry WHERE subject_kind = 'host' AND subject_id = $1 ORDER BY id",
    [String(a)],
  )
  expect(rows.map(({ action }) => action)).toEqual(['hosts-merged', 'host-split', 'hosts-merged'])
})

test('a process that two names reported is one execution once they are merged, and two once they are split', async () => {
  await read(...sysmon(0, 10, A), ...security(0, 10, B))
  await settle()
  const anchors = async () =>
    (await pool().query('SELECT count(*)::int AS n FROM execution WHERE anchor_id = id')).rows[0].n
  expect(await anchors()).toBe(20)
  const a = await idOf(A)
  await mergeHosts(ADMIN, { hostIds: [await idOf(B)], intoId: a })
  await settle()
  expect(await anchors()).toBe(10)
  await splitHost(ADMIN, { hostId: a, names: [B] })
  await settle()
  expect(await anchors()).toBe(20)
})

test('a record that both names reported is kept once', async () => {
  await read(...sysmon(0, 10, A), ...sysmon(5, 15, B))
  await settle()
  await mergeHosts(ADMIN, { hostIds: [await idOf(B)], intoId: await idOf(A) })
  await settle()
  expect(await hostsOf('execution')).toEqual({ [A]: 15 })
  expect(await hostsOf('creation')).toEqual({ [A]: 15 })
})

test('later imports respect a merge and a split, drift of a pinned name included', async () => {
  await read(...sysmon(0, 2, 'pc-b'), ...sysmon(10, 12, A))
  await mergeHosts(ADMIN, { hostIds: [await idOf('pc-b')], intoId: await idOf(A) })
  await settle()
  for (const name of ['PC-B', 'pc-b.corp.example', 'ws-a.', 'ws-a'])
    expect(await idOf(name)).toBe(await idOf(A))
  expect(await read(...sysmon(0, 3, 'PC-B'))).toEqual({ executions: 1, duplicates: 2 })
  // another domain's machine of that name is another machine
  expect(await idOf('pc-b.other.example')).not.toBe(await idOf(A))
  expect(await idOf('pc-b')).toBe(await idOf(A))

  await splitHost(ADMIN, { hostId: await idOf(A), names: ['ws-a'] })
  await settle()
  expect(await idOf('WS-A')).not.toBe(await idOf(A))
  await read(...sysmon(200, 203, 'ws-a'))
  await settle()
  expect(await hostsOf('execution')).toMatchObject({ 'ws-a': 3 })
})

test('a host whose own name is split off keeps the rest under its longest other name', async () => {
  await read(...sysmon(0, 2, A), ...sysmon(10, 12, 'ws-a'))
  const host = await idOf(A)
  await splitHost(ADMIN, { hostId: host, names: [A] })
  await settle()
  expect(await hostsOf('execution')).toEqual({ 'ws-a': 2, [A]: 2 })
  await mergeHosts(ADMIN, { hostIds: [await idOf(A)], intoId: await idOf('ws-a') })
  await settle()
  expect(await hostsOf('execution')).toEqual({ 'ws-a': 4 })
})

test('imports that run while hosts are merged and split lose nothing, store nothing twice and strand nothing', async () => {
  const parts = Array.from({ length: 12 }, (_, index) => index)
  const records = (part: number, host: string) => sysmon(part * 1000, part * 1000 + 300, host)
  await read(...records(0, A), ...records(50, B))
  const [a, b] = [await idOf(A), await idOf(B)]
  const importing = Promise.all([
    (async () => {
      for (const part of parts) await read(...records(part, A))
    })(),
    (async () => {
      for (const part of parts) await read(...records(50 + part, B))
    })(),
  ])
  let over = false
  const changing = (async () => {
    for (let round = 0; !over; round++) {
      await mergeHosts(ADMIN, { hostIds: [b], intoId: a })
      if (round % 2 === 0) await settle()
      await splitHost(ADMIN, { hostId: a, names: [B] })
    }
  })()
  await importing
  over = true
  await changing
  await settle()
  expect(await hostsOf('execution')).toEqual({ [A]: 3600, [B]: 3600 })
  expect(await hostsOf('creation')).toEqual({ [A]: 3600, [B]: 3600 })
  const { rows } = await pool().query('SELECT (SELECT count(*)::int FROM host_move) AS moves')
  expect(rows).toEqual([{ moves: 0 }])
  const settled = await everything()
  await queueRebuild(pool())
  await settle()
  expect(await everything()).toEqual(settled)
})

test('a ruling on a merged host holds for the host it became, and goes back with it', async () => {
  await read(...sysmon(0, 2, A), ...sysmon(10, 12, B))
  const [a, b] = [await idOf(A), await idOf(B)]
  await pool().query(
    `INSERT INTO ruling (entry_id, pattern, scope, effect, valid_from)
     SELECT id, 'a pattern', $1::jsonb, 'expected', '1970-01-01' FROM catalogue_entry WHERE slug = 'rundll32.exe'`,
    [JSON.stringify({ kind: 'hosts', ids: [b] })],
  )
  const rulings = async () => {
    const rulingsFor = await loadRulings(pool())
    return [rulingsFor(a, 0).length, rulingsFor(b, 0).length]
  }
  expect(await rulings()).toEqual([0, 1])
  await mergeHosts(ADMIN, { hostIds: [b], intoId: a })
  expect(await rulings()).toEqual([1, 0])
  await splitHost(ADMIN, { hostId: a, names: [B] })
  expect(await rulings()).toEqual([0, 1])
})

test('what was ruled of a merged host, and said of it in an incident, names the host it became, to who sees that one', async () => {
  await read(...sysmon(0, 2, A), ...sysmon(10, 12, B))
  await settle()
  const [a, b] = [await idOf(A), await idOf(B)]
  const group = async (hostId: number) => {
    const { rows } = await pool().query<{ id: number }>(
      'INSERT INTO host_group (name) VALUES ($1) RETURNING id',
      [`group of ${hostId}`],
    )
    await pool().query(
      `INSERT INTO host_group_member (host_id, group_id, valid_from) VALUES ($1, $2, '2026-01-01')`,
      [hostId, rows[0]?.id],
    )
    return { kind: 'groups', groupIds: [rows[0]?.id ?? 0] } as const
  }
  const [seesA, seesB] = [await group(a), await group(b)]
  const scope = JSON.stringify({ kind: 'hosts', ids: [b] })
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO deviation (id, entry_id, title, touched) SELECT 1, id, 'a pattern', true FROM catalogue_entry WHERE slug = 'rundll32.exe' RETURNING id`,
  )
  const id = rows[0]?.id ?? ''
  await pool().query(
    `INSERT INTO ruling (entry_id, pattern, scope, effect, valid_from, deviation_id)
     SELECT entry_id, title, $1::jsonb, 'expected', '1970-01-01', id FROM deviation WHERE id = $2`,
    [scope, id],
  )
  await pool().query(
    `INSERT INTO incident (name, scope, from_day) VALUES ('A break-in', $1::jsonb, '2000-01-01')`,
    [scope],
  )
  const told = async (reader: Scope) => [
    (await listDeviationRulings(reader, id)).map((ruling) => ruling.scope),
    (await listIncidents(reader)).map((incident) => incident.where),
  ]
  const ofHost = async (hostId: number) =>
    (await listIncidentsOfHost({ kind: 'all' }, hostId)).map(({ name }) => name)
  expect(await told({ kind: 'all' })).toEqual([[[B]], [[B]]])
  expect(await told(seesA)).toEqual([[null], [null]])
  await mergeHosts(ADMIN, { hostIds: [b], intoId: a })
  await settle()
  expect(await told({ kind: 'all' })).toEqual([[[A]], [[A]]])
  expect(await told(seesA)).toEqual([[[A]], [[A]]])
  expect(await told(seesB)).toEqual([[null], [null]])
  expect(await ofHost(a)).toEqual(['A break-in'])
  await splitHost(ADMIN, { hostId: a, names: [B] })
  await settle()
  expect(await told({ kind: 'all' })).toEqual([[[B]], [[B]]])
  expect(await ofHost(a)).toEqual([])
})

test('only administrators merge and split, and only what is there', async () => {
  await read(...sysmon(0, 2, A), ...sysmon(10, 12, B))
  const [a, b] = [await idOf(A), await idOf(B)]
  const manager: Actor = {
    kind: 'account',
    accountId: randomUUID(),
    email: 'm@corp.example',
    name: 'Milo',
    role: 'manager',
    scope: { kind: 'all' },
  }
  await expect(mergeHosts(manager, { hostIds: [b], intoId: a })).rejects.toThrow(/role/)
  await expect(splitHost(manager, { hostId: a, names: [A] })).rejects.toThrow(/role/)
  await expect(mergeHosts(ADMIN, { hostIds: [a], intoId: a })).rejects.toThrow(/two/)
  await expect(mergeHosts(ADMIN, { hostIds: [999], intoId: a })).rejects.toThrow(/meanwhile/)
  await expect(splitHost(ADMIN, { hostId: a, names: [A] })).rejects.toThrow(/at least one/)
  await expect(splitHost(ADMIN, { hostId: a, names: [B] })).rejects.toThrow(/own names/)
  await mergeHosts(ADMIN, { hostIds: [b], intoId: a })
  await expect(mergeHosts(ADMIN, { hostIds: [b], intoId: a })).rejects.toThrow(/meanwhile/)
})
