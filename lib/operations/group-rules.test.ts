import { beforeAll, expect, test } from 'vitest'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { changeGroupRules } from './group-rules'
import { assignHosts, createHostGroup } from './host-groups'
import { ingestExamples } from './ingest/example-use'
import { queueRebuild, recompute } from './recompute/recompute'
import { derived } from './triage-examples'

let tills: number
let servers: number
const admin = systemActor('test')

const use = (host: string, day = 5) => ({
  host,
  at: `2026-01-0${day}T10:00:00Z`,
  image: 'C:\\Windows\\System32\\mshta.exe',
  commandLine: 'mshta.exe a.hta',
})

withTestDatabase()
beforeAll(async () => {
  await ingestExamples(pool(), [
    ...['till-1', 'till-2', 'srv-1'].flatMap((host) => [use(host, 5), use(host, 6), use(host, 7)]),
  ])
  await recompute(pool())
  tills = await createHostGroup(admin, 'Tills')
  servers = await createHostGroup(admin, 'Servers')
})

/** Saves the list in place of the one in force. */
async function save(rules: { pattern: string; groupId: number }[], from: string | null = null) {
  const { rows: read } = await pool().query(
    'SELECT pattern, group_id AS "groupId" FROM host_group_rule WHERE valid_to IS NULL ORDER BY position',
  )
  await changeGroupRules(admin, { rules, from, read })
  await recompute(pool())
}

async function placements(): Promise<string[]> {
  const { rows } = await pool().query(
    `SELECT concat_ws(' ', h.name, g.name, m.valid_from, m.valid_to, CASE WHEN m.by_rule THEN 'rule' ELSE 'hand' END) AS placed
     FROM host_group_member m JOIN host h ON h.id = m.host_id JOIN host_group g ON g.id = m.group_id ORDER BY h.name, m.valid_from`,
  )
  return rows.map(({ placed }) => placed)
}

test('hosts join the group of the first pattern that their name fits, and are computed again', async () => {
  await save([
    { pattern: 'till-*', groupId: tills },
    { pattern: '*', groupId: servers },
  ])
  expect(await placements()).toEqual([
    'srv-1 Servers 1970-01-01 rule',
    'till-1 Tills 1970-01-01 rule',
    'till-2 Tills 1970-01-01 rule',
  ])
  const { rows } = await pool().query('SELECT DISTINCT scope_id FROM prevalence ORDER BY 1')
  expect(rows.map(({ scope_id }) => scope_id)).toEqual([0, tills, servers])
})

test('a new host joins as soon as it is seen', async () => {
  await ingestExamples(pool(), [use('TILL-9', 7)])
  await recompute(pool())
  expect(await placements()).toContain('till-9 Tills 1970-01-01 rule')
})

test('from a day on, later days follow the new list, and earlier days keep the old one', async () => {
  await save([{ pattern: 'till-1', groupId: servers }], '2026-01-07')
  expect(await placements()).toEqual([
    'srv-1 Servers 1970-01-01 2026-01-07 rule',
    'till-1 Tills 1970-01-01 2026-01-07 rule',
    'till-1 Servers 2026-01-07 rule',
    'till-2 Tills 1970-01-01 2026-01-07 rule',
    'till-9 Tills 1970-01-01 2026-01-07 rule',
  ])
  const incremental = await derived()
  await queueRebuild(pool())
  await recompute(pool())
  expect(await derived()).toEqual(incremental)
})

test('a host that somebody places by hand stays there until it is taken out', async () => {
  await save([{ pattern: 'till-*', groupId: tills }])
  const { rows } = await pool().query("SELECT id FROM host WHERE name = 'till-1'")
  const hostIds = [rows[0].id]
  await assignHosts(admin, { hostIds, groupId: servers })
  await save([{ pattern: '*', groupId: tills }])
  const own = async () => (await placements()).filter((line) => line.startsWith('till-1'))
  expect((await own()).at(-1)).toMatch(/^till-1 Servers .* hand$/)
  await assignHosts(admin, { hostIds, groupId: null })
  await recompute(pool())
  expect(await own()).toEqual(['till-1 Tills 1970-01-01 rule'])
})

test('of two administrators who change the list at once, the second is told; roles and groups are checked', async () => {
  const rules = [{ pattern: 'x', groupId: tills }]
  await expect(changeGroupRules(admin, { rules, from: null, read: [] })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(
    changeGroupRules(admin, { rules: [{ pattern: 'x', groupId: 999 }], from: null, read: [] }),
  ).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    changeGroupRules(admin, { rules: [{ pattern: ' ', groupId: tills }], from: null, read: [] }),
  ).rejects.toMatchObject({ code: 'invalid-input' })
  const manager: Actor = {
    kind: 'account',
    accountId: '1',
    email: '',
    name: 'm',
    role: 'manager',
    scope: { kind: 'all' },
  }
  await expect(changeGroupRules(manager, { rules, from: null, read: [] })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test('is in the audit log with the list before', async () => {
  const { rows } = await pool().query(
    "SELECT detail FROM audit_entry WHERE action = 'host-group-rules-changed' ORDER BY id DESC LIMIT 1",
  )
  expect(rows[0].detail).toMatchObject({
    from: '1970-01-01',
    before: [{ pattern: 'till-*', groupId: tills }],
    after: [{ pattern: '*', groupId: tills }],
  })
})
