import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import {
  BLOCK_EFFECTS,
  type Block,
  type BlockException,
  CONTROLS,
  type DecisionScope,
} from '@/lib/pipeline/decision/block'
import { foldLeftAlone, foldReplay } from '@/lib/pipeline/decision/fold-replay'
import { FACETS, type FacetKind } from '@/lib/pipeline/decision/gather-facets'
import {
  effectOn,
  type JudgedUse,
  judgeUse,
  type Plan,
  planBlock,
  soleException,
} from '@/lib/pipeline/decision/what-if'
import { DAYS_OF_KIND, PACKED_DAYS } from '@/lib/store/packed-uses'
import { pool } from '@/lib/store/pool'
import { queueEverything } from '@/lib/store/recompute/work-queue'
import { type BinaryHeader, findBinary } from '@/lib/store/screens/binary/view'
import { type DayOfReplay, loadByDay } from '@/lib/store/screens/what-if/load-by-day'
import { loadFacets } from '@/lib/store/screens/what-if/load-facets'
import { loadRankedReplay, loadReplay } from '@/lib/store/screens/what-if/load-replay'
import { loadStoppedDeviations } from '@/lib/store/screens/what-if/load-stopped'
import { loadReplayInput } from '@/lib/store/screens/what-if/replay-input'
import { rows, sql, transaction } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { BLOCK_USE, USER_SID, USERS } from './example-block-use'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'

let entry: BinaryHeader
type Stored = JudgedUse & { signature: Signature; day: string; executions: number; account: string | null }
let stored: Stored[]
const ALL: Scope = { kind: 'all' }

withTestDatabase()
beforeAll(async () => {
  await ingestExamples(pool(), BLOCK_USE)
  await recompute(pool())
  await pool().query("INSERT INTO host_group (id, name) VALUES (1, 'Tills'), (2, 'Offices')")
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, CASE WHEN name = 'ws-1' THEN 1 ELSE 2 END, '1970-01-01' FROM host WHERE name <> 'ws-4'",
  )
  await recompute(pool())
  const found = await findBinary('mshta.exe')
  if (!found) throw new Error('no entry')
  entry = found
  stored = await readUse()
})

type Row = {
  host_id: number
  group_id: number | null
  day: string
  executions: number
  account: string | null
}

/** Usage row by row, as the predicate takes it. */
async function readUse() {
  const { rows } = await pool().query<Row & { content: Signature; name: string | null; sid: string | null }>(
    `SELECT u.host_id, m.group_id, u.day, u.executions, s.content, p.name, p.sid,
       (SELECT min(o.name COLLATE "C") FROM principal o WHERE lower(o.name) = lower(p.name)) AS account FROM usage u JOIN signature s ON s.id = u.signature_id
     LEFT JOIN principal p ON p.id = u.principal_id LEFT JOIN host_group_member m ON m.host_id = u.host_id AND m.valid_to IS NULL WHERE u.entry_id = $1`,
    [entry.id],
  )
  return rows.map((row) => ({
    hostId: row.host_id,
    groupId: row.group_id,
    day: row.day,
    executions: row.executions,
    account: row.account,
    signature: row.content,
    user: row.name === null ? null : { name: row.name, sid: row.sid },
  }))
}

const HOSTS = [1, 2, 3, 4]
const more = { reason: 'needed', until: null }
const anyException: fc.Arbitrary<BlockException> = fc.oneof(
  fc
    .constantFrom(...USERS, USER_SID)
    .map((value) => ({ kind: 'user' as const, value: value.toUpperCase(), ...more })),
  fc.constantFrom(...HOSTS).map((id) => ({ kind: 'host' as const, id, ...more })),
  fc.constantFrom(1, 2).map((id) => ({ kind: 'group' as const, id, ...more })),
  fc
    .nat(3)
    .map((at) => ({ kind: 'parent' as const, value: stored[at]?.signature.features.parent ?? '-', ...more })),
  fc
    .nat(20)
    .map((at) => ({ kind: 'pattern' as const, value: stored[at]?.signature.pattern ?? '-', ...more })),
)
const anyScope: fc.Arbitrary<DecisionScope> = fc.oneof(
  fc.constant({ kind: 'fleet' as const }),
  fc.uniqueArray(fc.constantFrom(1, 2), { minLength: 1 }).map((ids) => ({ kind: 'groups' as const, ids })),
  fc.uniqueArray(fc.constantFrom(...HOSTS), { minLength: 1 }).map((ids) => ({ kind: 'hosts' as const, ids })),
)
const anyPlan = fc
  .record({
    effect: fc.constantFrom(...BLOCK_EFFECTS),
    control: fc.constantFrom(...CONTROLS),
    scope: anyScope,
    exceptions: fc.array(anyException, { maxLength: 4 }),
  })
  .map(({ control, ...block }) => ({ control, block: { slug: 'mshta.exe', ...block } satisfies Block }))

const EVERYWHERE: Block = {
  slug: 'mshta.exe',
  effect: 'execution',
  scope: { kind: 'fleet' },
  exceptions: [],
}
const spared = { kind: 'group' as const, id: 1, ...more }
const SPARED_TWICE = {
  control: 'app-control' as const,
  block: {
    slug: 'mshta.exe',
    effect: 'reassociate' as const,
    scope: { kind: 'groups' as const, ids: [1] },
    exceptions: [spared, spared],
  },
}

const sum = (uses: readonly { executions: number }[]) =>
  uses.reduce((total, { executions }) => total + executions, 0)

describe('what is replayed from the rollups', () => {
  test('is what the predicate says row by row: executions, hosts, people, exceptions, days and lists', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, async ({ block, control }) => {
        const plan = planBlock(block, control, entry)
        const input = await loadReplayInput(ALL, entry.id, [plan])
        const { replay, ranking, reach } = await loadRankedReplay(input)
        const found = foldReplay(replay, 0, plan.expressible)
        const inside = stored.filter((use) => judgeUse(plan, use) !== 'outside')
        const cut = inside.filter((use) => ['blocked', 'collateral'].includes(judgeUse(plan, use)))
        expect(found.interrupted.executions).toBe(sum(cut))
        expect(found.interrupted.hosts).toBe(new Set(cut.map(({ hostId }) => hostId)).size)
        expect(found.interrupted.people).toBe(new Set(cut.map(({ account }) => account)).size)
        for (const outcome of ['collateral', 'spared', 'unaffected', 'unknown'] as const)
          expect(found[outcome]).toBe(sum(inside.filter((use) => judgeUse(plan, use) === outcome)))
        for (const { bit, executions } of found.marginal)
          expect(executions).toBe(sum(inside.filter((use) => soleException(plan, use) === bit)))
        expect(await loadByDay(ALL, block.scope, input)).toEqual(byDay(plan))
        // what the guess lacks is read again
        for (const known of [reach, { parent: new Map(), pattern: new Map() }]) {
          const facets = await loadFacets(input, ranking, known)
          for (const kind of FACETS) {
            const values = facets[kind].values.map(({ label: _, ...value }) => value)
            expect({ ...facets[kind], values: byValue(values) }).toEqual(facetOf(kind, cut))
          }
        }
        expect(foldLeftAlone(replay)).toEqual(leftAloneOf(plan, inside))
      }),
      { numRuns: 60, examples: [[SPARED_TWICE]] },
    )
  })

  test('shows an actor of some groups those groups alone', async () => {
    const plan = planBlock(EVERYWHERE, 'edr', entry)
    const scope: Scope = { kind: 'groups', groupIds: [1] }
    const input = await loadReplayInput(scope, entry.id, [plan])
    const own = sum(stored.filter(({ groupId }) => groupId === 1))
    expect(foldReplay(await loadReplay(input), 0, 0).interrupted.executions).toBe(own)
    const days = await loadByDay(scope, { kind: 'fleet' }, input)
    expect(days.reduce((total, { interrupted }) => total + interrupted, 0)).toBe(own)
  })

  test('names the deviations that it stops and those it misses', async () => {
    const stoppedBy = async (control: 'app-control' | 'santa') =>
      await loadStoppedDeviations(
        await loadReplayInput(ALL, entry.id, [planBlock(EVERYWHERE, control, entry)]),
      )
    const [byName] = await stoppedBy('app-control')
    expect(byName?.stopped).toBeGreaterThan(0)
    expect(await stoppedBy('santa')).toEqual([
      { state: 'open', stopped: 0, missed: (byName?.stopped ?? 0) + (byName?.missed ?? 0) },
    ])
  })

  test('says why a control leaves use alone', async () => {
    const plan = planBlock(EVERYWHERE, 'applocker', entry)
    const input = await loadReplayInput(ALL, entry.id, [plan])
    const services = sum(stored.filter(({ account }) => account === 'NT AUTHORITY\\SYSTEM'))
    expect(foldLeftAlone(await loadReplay(input))).toEqual([
      expect.objectContaining({ effect: 'service-account', executions: services }),
    ])
  })
})

describe('the rollups', () => {
  test('follow what is computed, groups that hosts move to, and an emptied history', async () => {
    const total = async (table: string) =>
      Number((await pool().query(`SELECT coalesce(sum(executions), 0) AS n FROM ${table}`)).rows[0].n)
    const days = async () => (await pool().query('SELECT * FROM host_days ORDER BY 1, 2, 3')).rows
    const daysOfUsage = async () => await rows(pool(), PACKED_USAGE)
    expect(await days()).toEqual(await daysOfUsage())
    const before = await total('usage')
    expect([await total('host_use'), await total('use_day')]).toEqual([before, before])
    for (const table of ['execution', 'process']) await pool().query(`DELETE FROM ${table} WHERE host_id = 1`)
    await pool().query(
      "UPDATE host_work SET dirty_from = '1970-01-01', revision = revision + 1 WHERE host_id = 1",
    )
    await recompute(pool())
    expect(await total('usage')).toBeLessThan(before)
    expect(await days()).toEqual(await daysOfUsage())
    expect(await total('host_use')).toBe(await total('usage'))
    expect(await total('use_day')).toBe(await total('usage'))
    await pool().query('UPDATE host_group_member SET group_id = 1 WHERE host_id = 2')
    await recompute(pool())
    const moved = await pool().query(
      'SELECT (SELECT sum(executions) FROM use_day WHERE group_id = 1) = (SELECT sum(executions) FROM usage WHERE host_id = 2) AS followed',
    )
    expect(moved.rows).toEqual([{ followed: true }])
    await transaction(pool(), queueEverything)
    expect([await total('host_use'), await total('use_day'), await days()]).toEqual([0, 0, []])
    await recompute(pool())
    const all = await total('usage')
    expect([await total('host_use'), await total('use_day')]).toEqual([all, all])
  })
})

/** What `host_days` has to hold. */
const PACKED_USAGE = sql`SELECT entry_id, host_id, principal_id, ${PACKED_DAYS} AS uses FROM (
    SELECT entry_id, host_id, principal_id, signature_id, ${DAYS_OF_KIND} FROM usage GROUP BY 1, 2, 3, 4) kind
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`

const FACET_OF = {
  parent: ({ signature }) => signature.features.parent,
  pattern: ({ signature }) => signature.pattern,
  user: ({ account }) => account,
  group: ({ groupId }) => groupId,
  host: ({ hostId }) => hostId,
} satisfies Record<FacetKind, (use: Stored) => string | number | null>

/** What is counted of each value of a facet, in the order of the values: of so few all are listed. */
function facetOf(kind: FacetKind, cut: readonly Stored[]) {
  const valueIn: (use: Stored) => string | number | null = FACET_OF[kind]
  const values = new Set(cut.map(valueIn))
  values.delete(null)
  const counted = [...values].map((value) => {
    const uses = cut.filter((use) => valueIn(use) === value)
    return {
      value: String(value),
      executions: sum(uses),
      hosts: new Set(uses.map(({ hostId }) => hostId)).size,
      people: new Set(uses.map(({ account }) => account)).size,
      lastDay: uses
        .map(({ day }) => day)
        .sort()
        .at(-1),
    }
  })
  return { total: values.size, values: byValue(counted) }
}

function byValue<T extends { value: string }>(values: readonly T[]): T[] {
  return values.toSorted((a, b) => (a.value < b.value ? -1 : 1))
}

function leftAloneOf(plan: Plan, inside: readonly Stored[]) {
  const effects = inside.map((use) =>
    plan.split.refusal === null ? effectOn(plan, use.signature) : 'refused',
  )
  return [...new Set(effects)]
    .filter((effect) => effect !== 'stopped' && effect !== 'refused')
    .map((effect) => {
      const uses = inside.filter((_, at) => effects[at] === effect)
      return { effect, executions: sum(uses), hosts: new Set(uses.map(({ hostId }) => hostId)).size }
    })
    .sort((a, b) => b.executions - a.executions)
}

function byDay(plan: Plan): DayOfReplay[] {
  const inside = stored.filter((use) => judgeUse(plan, use) !== 'outside')
  return [...new Set(inside.map(({ day }) => day))].sort().map((day) => {
    const ofDay = inside.filter((use) => use.day === day)
    const cut = ofDay.filter((use) => ['blocked', 'collateral'].includes(judgeUse(plan, use)))
    const unknown = ofDay.filter((use) => judgeUse(plan, use) === 'unknown')
    return { day, interrupted: sum(cut), unknown: sum(unknown), executions: sum(ofDay) }
  })
}
