import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'

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

/** A host's newest executions and deviations, newest first. */
export async function loadTimeline(scope: Scope, hostId: number): Promise<TimelineEvent[]> {
  const [executions, deviations] = await Promise.all([
    rows<{ occurred_at: number; id: string; slug: string; path: string; command_line: string | null }>(
      pool(),
      sql`SELECT e.occurred_at, e.id, c.slug, i.path, e.command_line FROM execution_with_texts e
          JOIN catalogue_entry c ON c.id = e.entry_id JOIN image i ON i.id = e.image_id
          WHERE e.host_id = ${hostId} AND e.anchor_id = e.id ${inScope(scope, sql`e.host_id`)}
          ORDER BY e.occurred_at DESC, e.id LIMIT ${MAX_EVENTS}`,
    ),
    rows<{ last_at: number; id: string; slug: string; title: string; state: string; score: number }>(
      pool(),
      sql`SELECT max(t.last_at) AS last_at, d.id, c.slug, d.title, d.state, max(t.score_millibits) AS score
          FROM deviation_hit t JOIN deviation d ON d.id = t.deviation_id JOIN catalogue_entry c ON c.id = d.entry_id
          WHERE t.host_id = ${hostId} ${inScope(scope, sql`t.host_id`)}
          GROUP BY d.id, c.slug, t.day ORDER BY last_at DESC, d.id LIMIT ${MAX_EVENTS}`,
    ),
  ])
  const events: TimelineEvent[] = [
    ...executions.map((row) => ({
      kind: 'execution' as const,
      at: row.occurred_at,
      id: row.id,
      hostId,
      slug: row.slug,
      image: row.path,
      commandLine: row.command_line,
    })),
    ...deviations.map((row) => ({
      kind: 'deviation' as const,
      at: row.last_at,
      id: row.id,
      slug: row.slug,
      title: row.title,
      state: row.state,
      scoreMillibits: row.score,
    })),
  ]
  return events.sort((a, b) => b.at - a.at)
}
