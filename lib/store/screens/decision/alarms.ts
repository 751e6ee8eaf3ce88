import type { Scope } from '@/lib/pipeline/actor'
import type { BlockEffect } from '@/lib/pipeline/decision/block'
import { type RingAlarm, readWatch, ringAlarms } from '@/lib/pipeline/decision/gate'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import { visibleTo } from './sight'

/** Something of an enforced block that does not hold, or is not known to. */
export type BlockAlarm = RingAlarm & { decisionId: number; binary: string; slug: string; ring: string }

const MAX_ALARMS = 200

/** Alarms of all enforced rings whose hosts the reader sees, the grave ones first; read from what the worker last saw. */
export async function listAlarms(scope: Scope): Promise<BlockAlarm[]> {
  const found = await rows<{
    id: number
    binary: string
    slug: string
    effect: BlockEffect | null
    ring: string
    watch: unknown
  }>(
    pool(),
    sql`SELECT d.id, c.name AS binary, c.slug, d.effect, r.name AS ring, r.watch
        FROM decision_ring r JOIN decision d ON d.id = r.decision_id JOIN catalogue_entry c ON c.id = d.entry_id
        WHERE d.state IN ('enforced', 'emergency') AND r.state = 'enforced' AND ${visibleTo(scope)} ORDER BY d.id, r.position`,
  )
  return found
    .flatMap(({ id, effect, watch, ...row }) =>
      ringAlarms('enforced', effect ?? 'execution', readWatch(watch)).map((alarm) => ({
        ...alarm,
        ...row,
        decisionId: id,
      })),
    )
    .sort((a, b) => Number(b.grave) - Number(a.grave))
    .slice(0, MAX_ALARMS)
}
