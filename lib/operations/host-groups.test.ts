import { beforeAll, expect, test } from 'vitest'
import { today } from '@/lib/clock'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { listHostsByPattern } from '@/lib/store/screens/host-groups'
import { withTestDatabase } from '@/lib/store/test-database'
import { assignHosts, createHostGroup } from './host-groups'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'

const admin = systemActor('test')
const TODAY = today()

withTestDatabase()
beforeAll(async () => {
  const use = {
    at: '2026-01-05T10:00:00Z',
    image: 'C:\\Windows\\System32\\mshta.exe',
    commandLine: 'mshta.exe a.hta',
  }
  await ingestExamples(
    pool(),
    ['till-1', 'till-2', 'till_3', 'srv-1'].map((host) => ({ host, ...use })),
  )
  await recompute(pool())
})

async function memberships(): Promise<unknown[]> {
  const { rows } = await pool().query(
    `SELECT h.name, g.name AS group_name, m.valid_from, m.valid_to FROM host_group_member m JOIN host h ON h.id = m.host_id
     JOIN host_group g ON g.id = m.group_id ORDER BY 1, 3`,
  )
  return rows.map(Object.values)
}

test('a name pattern finds the hosts it says, and takes no other character for a wildcard', async () => {
  const names = async (pattern: string) => (await listHostsByPattern(pattern)).map(({ name }) => name)
  expect(await names('till-*')).toEqual(['till-1', 'till-2'])
  expect(await names('TILL?3')).toEqual(['till_3'])
  expect(await names('till_?')).toEqual(['till_3'])
  expect(await names('%')).toEqual([])
})

test('a host is in its group from today on, in one group at a time, and is queued for re-computation from today', async () => {
  const tills = await createHostGroup(admin, 'Tills')
  const servers = await createHostGroup(admin, 'Servers')
  const found = await listHostsByPattern('till-*')
  const hostIds = found.map(({ id }) => id)
  expect(await assignHosts(admin, { hostIds, groupId: servers })).toBe(2)
  expect(await assignHosts(admin, { hostIds, groupId: tills })).toBe(2)
  expect(await assignHosts(admin, { hostIds, groupId: tills })).toBe(0)
  expect(await memberships()).toEqual([
    ['till-1', 'Tills', TODAY, null],
    ['till-2', 'Tills', TODAY, null],
  ])
  const { rows } = await pool().query(
    'SELECT DISTINCT dirty_from FROM host_work WHERE dirty_from IS NOT NULL',
  )
  expect(rows).toEqual([{ dirty_from: TODAY }])
  await recompute(pool())
})

test('earlier days keep the group that a host was in', async () => {
  const [host] = await listHostsByPattern('srv-1')
  const servers = await pool().query("SELECT id FROM host_group WHERE name = 'Servers'")
  const tills = await pool().query("SELECT id FROM host_group WHERE name = 'Tills'")
  const id = host?.id ?? 0
  await pool().query('INSERT INTO host_group_member (host_id, group_id, valid_from) VALUES ($1, $2, $3)', [
    id,
    servers.rows[0].id,
    '1970-01-01',
  ])
  await assignHosts(admin, { hostIds: [id], groupId: tills.rows[0].id })
  const own = (await memberships()).filter((row) => Array.isArray(row) && row[0] === 'srv-1')
  expect(own).toEqual([
    ['srv-1', 'Servers', '1970-01-01', TODAY],
    ['srv-1', 'Tills', TODAY, null],
  ])
  await assignHosts(admin, { hostIds: [id], groupId: null })
  expect((await memberships()).filter((row) => Array.isArray(row) && row[0] === 'srv-1')).toEqual([
    ['srv-1', 'Servers', '1970-01-01', TODAY],
  ])
})

test('takes an administrator, and a group that exists', async () => {
  const viewer: Actor = {
    kind: 'account',
    accountId: '1',
    email: '',
    name: 'v',
    role: 'manager',
    scope: { kind: 'all' },
  }
  await expect(createHostGroup(viewer, 'x')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(createHostGroup(admin, 'Tills')).rejects.toMatchObject({ code: 'conflict' })
  await expect(assignHosts(admin, { hostIds: [1], groupId: 999 })).rejects.toMatchObject({
    code: 'not-found',
  })
})
