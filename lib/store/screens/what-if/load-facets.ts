import { dayOfNumber } from '@/lib/pipeline/days'
import {
  type Candidates,
  FACETS,
  type FacetKind,
  gatherReach,
  missingIn,
  type Ranking,
  type Reach,
} from '@/lib/pipeline/decision/gather-facets'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import { eachPlacedUse } from './load-replay'
import { judgedBy, type ReplayInput } from './replay-input'

/** One value among what is interrupted: what sparing it would give back. */
export type FacetValue = {
  /** What an exception takes: text of a parent, pattern or user; id of a group or host. */
  value: string
  label: string
  executions: number
  hosts: number
  people: number
  /** 'YYYY-MM-DD' */
  lastDay: string
}

/** `total`: distinct values, of which the most frequent are listed; what is not reported is left out. */
export type Facets = Record<FacetKind, { values: FacetValue[]; total: number }>

/** What the first plan interrupts, by parent, pattern, person, group and host, of a ranking of the same input. Use is read again where `reach` lacks something. */
export async function loadFacets(input: ReplayInput, ranking: Ranking, reach: Reach): Promise<Facets> {
  const missing = missingIn(reach, ranking)
  const [names, more] = await Promise.all([loadNames(ranking), missing && loadReach(input, missing)])
  const reachIn = (kind: FacetKind, id: string) => {
    const of = kind === 'parent' ? 'parent' : 'pattern'
    return reach[of].get(Number(id)) ?? more?.[of].get(Number(id)) ?? NOWHERE
  }
  return Object.fromEntries(
    FACETS.map((kind) => {
      const values = ranking[kind].top.map((one) => {
        const { hosts, people } = 'hosts' in one ? one : reachIn(kind, one.id)
        const text = textOf(input, kind, one.id, names[kind].get(one.id) ?? null)
        return { ...text, executions: one.executions, hosts, people, lastDay: dayOfNumber(one.lastDay) }
      })
      return [kind, { values, total: ranking[kind].total }]
    }),
  ) as Facets
}

const NOWHERE = { hosts: 0, people: 0 }

async function loadReach(input: ReplayInput, candidates: Candidates): Promise<Reach> {
  const judged = judgedBy(input)
  const { take, reach } = gatherReach(judged, candidates)
  await eachPlacedUse(input, judged, take)
  return reach()
}

type Names = Record<FacetKind, Map<string, string | null>>

async function loadNames(ranking: Ranking): Promise<Names> {
  const ids = (kind: FacetKind) => ranking[kind].top.map(({ id }) => id)
  const found = await rows<{ kind: FacetKind; id: string; name: string | null }>(
    pool(),
    sql`SELECT 'group' AS kind, id::text, name FROM host_group WHERE id = ANY(${ids('group')}::int[])
        UNION ALL SELECT 'host', id::text, name FROM host WHERE id = ANY(${ids('host')}::int[])
        UNION ALL SELECT 'user', id::text, coalesce(name, sid) FROM principal WHERE id = ANY(${ids('user')}::bigint[])`,
  )
  const names = Object.fromEntries(FACETS.map((kind) => [kind, new Map()])) as Names
  for (const { kind, id, name } of found) names[kind].set(id, name)
  return names
}

function textOf(
  { parents, patterns }: ReplayInput,
  kind: FacetKind,
  id: string,
  name: string | null,
): { value: string; label: string } {
  if (kind === 'parent' || kind === 'pattern') {
    const text = (kind === 'parent' ? parents : patterns)[Number(id)] ?? ''
    return { value: text, label: text }
  }
  return { value: kind === 'user' ? (name ?? '') : id, label: name ?? id }
}
