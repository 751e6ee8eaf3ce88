import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { STARTERS, starterOf } from '@/lib/pipeline/decision/necessity'
import { takesIn } from '@/lib/pipeline/decision/scope'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { loadHostsOfUse } from '@/lib/store/screens/binary/hosts-of-use'
import { type BinaryView, findBinary, usageIn } from '@/lib/store/screens/binary/view'
import { loadNecessityNow } from '@/lib/store/screens/what-if/load-necessity'
import { loadWhere } from '@/lib/store/screens/what-if/load-what-if'
import { rows, sql } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'

const SCOPES: Scope[] = [{ kind: 'all' }, { kind: 'groups', groupIds: [2] }]
const USERS = ['CORP\\ada', 'corp\\ADA', 'CORP\\ben', 'NT AUTHORITY\\SYSTEM', null]
const PARENTS = ['C:\\Windows\\explorer.exe', 'C:\\Windows\\System32\\cmd.exe', null]
const LINES = ['mshta.exe C:\\Apps\\form.hta', 'mshta.exe http://203.0.113.9/a.hta', null]
let entryId: number

withTestDatabase()
beforeAll(async () => {
  await ingestExamples(
    pool(),
    Array.from({ length: 90 }, (_, at) => ({
      host: `ws-${1 + (at % 4)}`,
      at: `2026-01-${String(5 + (at % 6)).padStart(2, '0')}T${String(6 + (at % 13)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00Z`,
      image: 'C:\\Windows\\System32\\mshta.exe',
      originalFileName: 'MSHTA.EXE',
      commandLine: LINES[at % 3] ?? null,
      parentImage: PARENTS[at % 7 === 0 ? 1 : at % 5 === 0 ? 2 : 0] ?? null,
      user: USERS[at % 11 === 0 ? 4 : at % 4] ?? null,
    })),
  )
  await pool().query("INSERT INTO host_group (id, name) VALUES (1, 'Tills'), (2, 'Offices')")
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, CASE WHEN name = 'ws-1' THEN 1 ELSE 2 END, '1970-01-01' FROM host WHERE name <> 'ws-4'",
  )
  await recompute(pool())
  entryId = (await findBinary('mshta.exe'))?.id ?? 0
})

type Judged = {
  host: number
  group: number | null
  day: string
  executions: string
  person: string
  signature_id: string
  content: Signature
}

/** What is counted of some use: people are accounts that are reported. */
function used(uses: readonly Judged[]) {
  return {
    executions: uses.reduce((sum, { executions }) => sum + Number(executions), 0),
    hosts: new Set(uses.map(({ host }) => host)).size,
    people: new Set(uses.flatMap(({ person }) => (person === '0' ? [] : [person]))).size,
  }
}

function purposeOf(uses: readonly Judged[]) {
  const days = new Map<string, number>()
  for (const { host, person, signature_id } of uses) {
    const key = `${host} ${person} ${signature_id}`
    days.set(key, (days.get(key) ?? 0) + 1)
  }
  const [first] = uses
  return {
    ...used(uses),
    parent: first?.content.features.parent ?? null,
    pattern: first?.content.pattern ?? null,
    starter: uses.map(({ content }) => starterOf(content)).sort()[0],
    days: Math.max(...days.values()),
    lastDay: uses
      .map(({ day }) => day)
      .sort()
      .at(-1),
  }
}

const PLACES: DecisionScope[] = [
  { kind: 'fleet' },
  { kind: 'groups', ids: [2] },
  { kind: 'hosts', ids: [1, 4] },
]

test.each(PLACES)('whether it is needed is told of its use row by row: $kind', async (where) => {
  const entry = await findBinary('mshta.exe')
  if (entry === null) throw new Error('no entry')
  const stored = await rows<Judged>(
    pool(),
    sql`SELECT u.host_id AS host, m.group_id AS group, u.day, u.executions, u.principal_id AS person, u.signature_id, s.content
        FROM usage u JOIN signature s ON s.id = u.signature_id LEFT JOIN host_group_member m ON m.host_id = u.host_id AND m.valid_to IS NULL
        WHERE u.entry_id = ${entry.id}`,
  )
  const inside = stored.filter(({ host: hostId, group: groupId }) => takesIn(where, { hostId, groupId }))
  const facts = await loadNecessityNow({ kind: 'all' }, entry, where)
  expect(facts).toMatchObject({ executions: used(inside).executions, hostsUsing: used(inside).hosts })
  for (const starter of STARTERS)
    expect(facts.by[starter]).toEqual(used(inside.filter(({ content }) => starterOf(content) === starter)))
  const keyOf = ({ content }: Judged) => `${content.features.parent} > ${content.pattern}`
  const expected = [...new Set(inside.map(keyOf))].map((key) =>
    purposeOf(inside.filter((use) => keyOf(use) === key)),
  )
  const found = facts.purposes.map(({ words: _, deviation: __, ...purpose }) => purpose)
  expect(facts.purposesTotal).toBe(expected.length)
  expect(found).toHaveLength(expected.length)
  expect(found).toEqual(expect.arrayContaining(expected))
  expect(found.map(({ executions }) => executions)).toEqual(
    expected.map(({ executions }) => executions).sort((a, b) => b - a),
  )
})

test('hosts that a block may be tried on are those that use it, by name, and those that are chosen, as far as they are in sight', async () => {
  const { id: quiet } = await prisma().host.create({ data: { name: 'ws-3a' } })
  const { id: first } = await prisma().host.findUniqueOrThrow({ where: { name: 'ws-1' } })
  const choices = async (scope: Scope, chosen: number[]) => {
    const { hosts, hostsTotal } = await loadWhere(scope, entryId, chosen)
    return { names: hosts.map(({ name }) => name), hostsTotal }
  }
  expect(await choices({ kind: 'all' }, [first, quiet])).toEqual({
    names: ['ws-1', 'ws-2', 'ws-3', 'ws-3a', 'ws-4'],
    hostsTotal: 4,
  })
  expect(await choices({ kind: 'groups', groupIds: [2] }, [first, quiet])).toEqual({
    names: ['ws-2', 'ws-3'],
    hostsTotal: 2,
  })
  await prisma().host.delete({ where: { id: quiet } })
})

type Use = {
  host: number
  day: string
  group: string | null
  executions: string
  pattern: string | null
  parent: string | null
  user: string | null
}

/** Usage in view row by row, with the account that each printing stands for. */
async function usesIn(scope: Scope, view: BinaryView): Promise<Use[]> {
  return await rows<Use>(
    pool(),
    sql`SELECT u.host_id AS host, u.day, g.name AS group, u.executions, s.pattern_id AS pattern, s.feature_ids[3] AS parent,
          nullif(coalesce((SELECT min(o.id) FROM principal o JOIN principal p ON account_key(o.name, o.sid) = account_key(p.name, p.sid)
            WHERE p.id = u.principal_id), u.principal_id), 0) AS "user"
        FROM (${usageIn(scope, view)}) u JOIN signature s ON s.id = u.signature_id
        LEFT JOIN host_group_member m ON m.host_id = u.host_id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id`,
  )
}

function counted(uses: readonly Use[]) {
  const hosts = new Map(uses.map(({ host, group }) => [host, group]))
  const groups: Record<string, number> = {}
  for (const group of hosts.values()) if (group !== null) groups[group] = (groups[group] ?? 0) + 1
  return { hosts: hosts.size, groups }
}

const WINDOWS = [
  { from: '2026-01-01', to: '2026-01-31' },
  { from: '2026-01-09', to: '2026-01-10' },
  { from: '2026-01-06', to: '2026-01-07' },
  { from: '2026-01-20', to: '2026-01-21' },
]
const HOSTS = [
  { host: null, group: null },
  { host: 'ws-2', group: null },
  { host: null, group: 'Offices' },
]
const CASES = SCOPES.flatMap((scope) =>
  WINDOWS.flatMap((window) => HOSTS.map((hosts) => ({ scope, window, ...hosts }))),
)

test.each(CASES)(
  'who used a binary is what its use says row by row, an account of several printings once: $window.from $host $group',
  async ({ scope, ...rest }) => {
    const view = { entryId, ...rest }
    const uses = await usesIn(scope, view)
    const { executions, hostsOf, daysOf } = await loadHostsOfUse(scope, view)
    const sums = new Map<number, number>()
    for (const use of uses) sums.set(use.host, (sums.get(use.host) ?? 0) + Number(use.executions))
    expect(executions).toEqual(sums)
    for (const of of ['pattern', 'parent', 'user'] as const)
      for (const id of new Set(uses.map((use) => use[of])))
        expect(hostsOf(of, id)).toEqual(counted(uses.filter((use) => use[of] === id)))
    for (const user of new Set(uses.map((use) => use.user)))
      expect(daysOf(user)).toBe(new Set(uses.filter((use) => use.user === user).map(({ day }) => day)).size)
    expect(daysOf('1')).toBe(0)
    expect(hostsOf('pattern', '1')).toEqual({ hosts: 0, groups: {} })
  },
)
