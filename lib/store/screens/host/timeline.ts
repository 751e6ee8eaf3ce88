import type { Scope } from '@/lib/pipeline/actor'
import { titleInWords } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { type DataWindow, during, inWindow } from '../data-window'

/** Of each kind. */
const MAX_EVENTS = 40

export type TimelineEvent =
  | {
      kind: 'execution'
      at: number
      id: string
      hostId: number
      slug: string
      image: string
      commandLine: string | null
    }
  | {
      kind: 'deviation'
      at: number
      id: string
      slug: string
      title: string
      state: string
      scoreMillibits: number
    }

export type HostTimeline = {
  events: TimelineEvent[]
  /** µs: what was before it is left out; null = nothing is. */
  since: number | null
}

/** A host's newest executions and deviations in the window, newest first: as far back as neither kind has more than is listed. */
export async function loadTimeline(
  scope: Scope,
  hostId: number,
  window: DataWindow,
  most = MAX_EVENTS,
): Promise<HostTimeline> {
  const [executions, deviations] = await Promise.all([
    rows<{ occurred_at: number; id: string; slug: string; path: string; command_line: string | null }>(
      pool(),
      sql`SELECT e.occurred_at, e.id, c.slug, i.path, e.command_line FROM execution_with_texts e
          JOIN catalogue_entry c ON c.id = e.entry_id JOIN image i ON i.id = e.image_id
          WHERE e.host_id = ${hostId} AND e.anchor_id = e.id ${inScope(scope, sql`e.host_id`)}
            AND ${during(window, sql`e.occurred_at`)}
          ORDER BY e.occurred_at DESC, e.id LIMIT ${most + 1}`,
    ),
    rows<{ last_at: number; id: string; slug: string; title: string; state: string; score: number }>(
      pool(),
      sql`SELECT max(t.last_at) AS last_at, d.id, c.slug, ${titleInWords(sql`d`)} AS title, d.state, max(t.score_millibits) AS score
          FROM deviation_hit t JOIN deviation d ON d.id = t.deviation_id JOIN catalogue_entry c ON c.id = d.entry_id
          WHERE t.host_id = ${hostId} ${inWindow(window, sql`t.day`)} ${inScope(scope, sql`t.host_id`)}
          GROUP BY d.id, c.slug, t.day ORDER BY last_at DESC, d.id LIMIT ${most + 1}`,
    ),
  ])
  const kinds: TimelineEvent[][] = [
    executions.map((row) => ({
      kind: 'execution',
      at: row.occurred_at,
      id: row.id,
      hostId,
      slug: row.slug,
      image: row.path,
      commandLine: row.command_line,
    })),
    deviations.map((row) => ({
      kind: 'deviation',
      at: row.last_at,
      id: row.id,
      slug: row.slug,
      title: row.title,
      state: row.state,
      scoreMillibits: row.score,
    })),
  ]
  return cut(kinds, most)
}

/** What is older than the last that a longer kind may list is left out of every kind: there, one of them would look as if nothing had been. */
function cut(kinds: readonly TimelineEvent[][], most: number): HostTimeline {
  const ends = kinds.flatMap((events) => (events.length > most ? (events[most - 1]?.at ?? []) : []))
  const since = ends.length === 0 ? null : Math.max(...ends)
  const events = kinds.flatMap((events) => events.slice(0, most)).filter(({ at }) => at >= (since ?? at))
  return { events: events.sort((a, b) => b.at - a.at), since }
}
