import type { Scope } from '@/lib/pipeline/actor'
import type { Block, Control } from '@/lib/pipeline/decision/block'
import { ladderOf, type Rung } from '@/lib/pipeline/decision/controls'
import {
  foldLeftAlone,
  foldReplay,
  type LeftAlone,
  type PlanReplay,
} from '@/lib/pipeline/decision/fold-replay'
import { type Plan, planBlock } from '@/lib/pipeline/decision/what-if'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { findRow, rows, sql } from '@/lib/store/sql'
import type { BinaryHeader } from '../binary/view'
import { type DataWindow, findCommonSpan, findDataSpan } from '../data-window'
import { type Choice, listHostNames } from '../decision/form'
import { judgedOf, remembered } from '../remembered'
import { type DayOfReplay, loadByDay } from './load-by-day'
import { type Facets, loadFacets } from './load-facets'
import { loadRankedReplay, loadReplay } from './load-replay'
import { loadStoppedDeviations, type StoppedDeviations } from './load-stopped'
import { loadReplayInput } from './replay-input'

/** A replay that takes less is not remembered, as of SLOW_MS: several people weigh the same block, and each looks at it several times. */
const SLOW_REPLAY_MS = 75

/** One block as it is, replayed. */
export type ReplayedBlock = {
  plan: Plan
  /** As of Remembered. */
  at: number | null
  replay: PlanReplay
  deviations: StoppedDeviations
  leftAlone: LeftAlone
}

export type WhatIf = ReplayedBlock & {
  ladder: { rung: Rung; replay: PlanReplay }[]
  days: DayOfReplay[]
  facets: Facets
  /** Hosts in the block's scope that the actor sees. */
  hostsInScope: number
  /** Some use was computed since the rollups were last brought up to date. */
  behind: boolean
  window: DataWindow
  /** The days of it on which most hosts report. */
  common: DataWindow
}

/** Everything that a page says of a block, over all that is stored; null = nothing is stored yet. */
export async function loadWhatIf(
  scope: Scope,
  entry: BinaryHeader,
  block: Block,
  control: Control,
): Promise<WhatIf | null> {
  const [window, asked] = await Promise.all([findDataSpan(scope), askedOf(entry, block, control)])
  if (window === null) return null
  const [{ value, at }, common, behind] = await Promise.all([
    remembered('what-if', scope, asked, () => loadWhatIfNow(scope, entry, block, control, window), {
      slowMs: SLOW_REPLAY_MS,
    }),
    remembered('common span', scope, null, () => findCommonSpan(scope)),
    isBehind(),
  ])
  return { plan: planBlock(block, control, entry), ...value, common: common.value ?? window, at, behind }
}

/** All that an answer depends on besides use. */
async function askedOf(entry: BinaryHeader, block: Block, control: Control) {
  return [entry, block, control, await judgedOf(entry.id)]
}

/** The same as it is at this moment. */
export async function loadWhatIfNow(
  scope: Scope,
  entry: BinaryHeader,
  block: Block,
  control: Control,
  window: DataWindow,
) {
  const rungs = ladderOf(entry)
  const plan = planBlock(block, control, entry)
  const plans = rungs.map((rung) => planBlock({ ...block, effect: rung.effect }, rung.control, entry))
  const input = await loadReplayInput(scope, entry.id, [plan, ...plans])
  const [{ replay, ranking, reach }, deviations, days] = await Promise.all([
    loadRankedReplay(input),
    loadStoppedDeviations(input),
    loadByDay(scope, block.scope, input),
  ])
  return {
    replay: foldReplay(replay, 0, plan.expressible),
    ladder: rungs.map((rung, at) => ({
      rung,
      replay: foldReplay(replay, at + 1, plans[at]?.expressible ?? 0),
    })),
    facets: await loadFacets(input, ranking, reach),
    days,
    deviations,
    leftAlone: foldLeftAlone(replay),
    hostsInScope: input.hosts.ids.length,
    window,
  }
}

/** What a page says of a block that nobody is choosing any more; null = nothing is stored yet. */
export async function loadReplayedBlock(
  scope: Scope,
  entry: BinaryHeader,
  block: Block,
  control: Control,
): Promise<ReplayedBlock | null> {
  const [window, asked] = await Promise.all([findDataSpan(scope), askedOf(entry, block, control)])
  if (window === null) return null
  const plan = planBlock(block, control, entry)
  const { value, at } = await remembered(
    'replayed block',
    scope,
    asked,
    async () => {
      const input = await loadReplayInput(scope, entry.id, [plan])
      const [replay, deviations] = await Promise.all([loadReplay(input), loadStoppedDeviations(input)])
      return { replay: foldReplay(replay, 0, plan.expressible), deviations, leftAlone: foldLeftAlone(replay) }
    },
    { slowMs: SLOW_REPLAY_MS },
  )
  return { plan, at, ...value }
}

async function isBehind(): Promise<boolean> {
  return (await findRow(pool(), sql`SELECT FROM use_stale LIMIT 1`)) !== null
}

/** Hosts that a menu lists. */
const MOST_HOSTS = 500

/** Groups and hosts that a block may speak of, by name. `hosts`: those that use the binary most, of `hostsTotal` that do, and those of `chosen` in sight. */
export async function loadWhere(scope: Scope, entryId: number, chosen: readonly number[]) {
  const [groups, using, named] = await Promise.all([
    rows<Choice>(
      pool(),
      sql`SELECT id, name FROM host_group g WHERE EXISTS (
            SELECT FROM host_group_member m WHERE m.group_id = g.id AND m.valid_to IS NULL ${inScope(scope, sql`m.host_id`)}) ORDER BY name`,
    ),
    remembered('hosts of a binary', scope, entryId, () =>
      rows<Choice & { total: string }>(
        pool(),
        sql`SELECT h.id, h.name, count(*) OVER () AS total FROM host_use u JOIN host h ON h.id = u.host_id
            WHERE u.entry_id = ${entryId} ${inScope(scope, sql`u.host_id`)}
            GROUP BY h.id, h.name ORDER BY sum(u.executions) DESC, h.name LIMIT ${MOST_HOSTS}`,
      ),
    ),
    listHostNames(scope, chosen),
  ])
  const hosts = new Map([...using.value, ...named].map(({ id, name }) => [id, name]))
  return {
    groups,
    hosts: [...hosts]
      .map(([id, name]): Choice => ({ id, name }))
      .sort((a, b) => byName.compare(a.name, b.name)),
    hostsTotal: Number(using.value[0]?.total ?? 0),
  }
}

/** pc-2 before pc-10 */
const byName = new Intl.Collator('en', { numeric: true })
