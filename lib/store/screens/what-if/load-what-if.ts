import type { Scope } from '@/lib/pipeline/actor'
import type { Block, Control } from '@/lib/pipeline/decision/block'
import { ladderOf, type Rung } from '@/lib/pipeline/decision/controls'
import {
  foldLeftAlone,
  foldReplay,
  type LeftAlone,
  type PlanReplay,
} from '@/lib/pipeline/decision/fold-replay'
import type { Ranking, Reach } from '@/lib/pipeline/decision/gather-facets'
import { type Plan, planBlock } from '@/lib/pipeline/decision/what-if'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { findRow, rows, sql } from '@/lib/store/sql'
import type { BinaryHeader } from '../binary/view'
import { type DataWindow, findDataSpan } from '../data-window'
import type { Choice } from '../decision/form'
import { remembered } from '../remembered'
import { type DayOfReplay, loadByDay } from './load-by-day'
import { type Facets, loadFacets } from './load-facets'
import { loadRankedReplay, loadReplay } from './load-replay'
import { loadStoppedDeviations, type StoppedDeviations } from './load-stopped'
import { loadReplayInput, type ReplayInput } from './replay-input'

/** One block as it is, replayed. */
export type ReplayedBlock = {
  plan: Plan
  replay: PlanReplay
  deviations: StoppedDeviations
  leftAlone: LeftAlone
}

export type WhatIf = ReplayedBlock & {
  ladder: { rung: Rung; replay: PlanReplay }[]
  /** Take several times as long as the numbers, and are begun after them: whoever shows them need not wait for them. */
  lists: Promise<{ days: DayOfReplay[]; facets: Facets }>
  /** Hosts in the block's scope that the actor sees. */
  hostsInScope: number
  /** Some use was computed since the rollups were last brought up to date. */
  behind: boolean
  window: DataWindow
}

/** Everything that a page says of a block, over all that is stored; null = nothing is stored yet. */
export async function loadWhatIf(
  scope: Scope,
  entry: BinaryHeader,
  block: Block,
  control: Control,
): Promise<WhatIf | null> {
  const window = await findDataSpan(scope)
  if (window === null) return null
  const rungs = ladderOf(entry)
  const plan = planBlock(block, control, entry)
  const plans = rungs.map((rung) => planBlock({ ...block, effect: rung.effect }, rung.control, entry))
  const input = await loadReplayInput(scope, entry.id, [plan, ...plans])
  const [{ replay, ranking, reach }, deviations, behind] = await Promise.all([
    loadRankedReplay(input),
    loadStoppedDeviations(input),
    isBehind(),
  ])
  const lists = loadLists(scope, block, input, { ranking, reach })
  // a page that is given up meanwhile asks nobody what became of them
  lists.catch(() => undefined)
  return {
    plan,
    replay: foldReplay(replay, 0, plan.expressible),
    ladder: rungs.map((rung, at) => ({
      rung,
      replay: foldReplay(replay, at + 1, plans[at]?.expressible ?? 0),
    })),
    lists,
    deviations,
    leftAlone: foldLeftAlone(replay),
    hostsInScope: input.hosts.ids.length,
    behind,
    window,
  }
}

type Ranked = { ranking: Ranking; reach: Reach }

async function loadLists(scope: Scope, block: Block, input: ReplayInput, { ranking, reach }: Ranked) {
  const [days, facets] = await Promise.all([
    loadByDay(scope, block.scope, input),
    loadFacets(input, ranking, reach),
  ])
  return { days, facets }
}

/** What a page says of a block that nobody is choosing any more; null = nothing is stored yet. */
export async function loadReplayedBlock(
  scope: Scope,
  entry: BinaryHeader,
  block: Block,
  control: Control,
): Promise<ReplayedBlock | null> {
  if ((await findDataSpan(scope)) === null) return null
  const plan = planBlock(block, control, entry)
  const input = await loadReplayInput(scope, entry.id, [plan])
  const [replay, deviations] = await Promise.all([loadReplay(input), loadStoppedDeviations(input)])
  return {
    plan,
    replay: foldReplay(replay, 0, plan.expressible),
    deviations,
    leftAlone: foldLeftAlone(replay),
  }
}

async function isBehind(): Promise<boolean> {
  return (await findRow(pool(), sql`SELECT FROM use_stale LIMIT 1`)) !== null
}

/** Groups that a block may speak of, by name; hosts are those that use the binary, the most first. */
export async function loadWhere(scope: Scope, entryId: number) {
  const [groups, hosts] = await Promise.all([
    rows<Choice>(
      pool(),
      sql`SELECT id, name FROM host_group g WHERE EXISTS (
            SELECT FROM host_group_member m WHERE m.group_id = g.id AND m.valid_to IS NULL ${inScope(scope, sql`m.host_id`)}) ORDER BY name`,
    ),
    remembered('hosts of a binary', scope, entryId, () =>
      rows<Choice>(
        pool(),
        sql`SELECT h.id, h.name FROM use_span u JOIN host h ON h.id = u.host_id
            WHERE u.entry_id = ${entryId} ${inScope(scope, sql`u.host_id`)}
            GROUP BY h.id, h.name ORDER BY sum(u.executions) DESC, h.name LIMIT 100`,
      ),
    ),
  ])
  return { groups, hosts: hosts.value }
}
