import { scopeNow, takesIn } from '@/lib/pipeline/decision/scope'
import type { Ruling, RulingEffect } from '@/lib/pipeline/deviation/ruling'
import type { TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import { loadHostNow } from './host-identity'
import { type Db, rows, sql } from './sql'

type Row = {
  slug: string
  pattern: string
  parent: string | null
  identity: string | null
  modules: string[] | null
  scope: TriageScope
  effect: RulingEffect
  from_day: number
  to_day: number | null
}

/** Rulings in force by host: those of the fleet, of the host's group that day, and its own. */
export async function loadRulings(db: Db): Promise<(hostId: number, groupId: number) => Ruling[]> {
  const found = await rows<Row>(
    db,
    sql`SELECT c.slug, r.pattern, r.parent, r.identity, r.modules, r.scope, r.effect,
          r.valid_from - '1970-01-01'::date AS from_day, r.valid_to - '1970-01-01'::date AS to_day
        FROM ruling r JOIN catalogue_entry c ON c.id = r.entry_id WHERE r.revoked_at IS NULL ORDER BY r.id`,
  )
  const hostNow = await loadHostNow(db)
  const rulings = found.map((row) => ({ ...row, scope: scopeNow(row.scope, hostNow) }))
  return (hostId, groupId) =>
    rulings
      .filter(({ scope }) => takesIn(scope, { hostId, groupId }))
      .map((row) => ({
        slug: row.slug,
        pattern: row.pattern,
        parent: row.parent,
        identity: row.identity,
        modules: row.modules,
        scope: row.scope.kind === 'fleet' ? 'fleet' : row.scope.kind === 'groups' ? 'group' : 'host',
        effect: row.effect,
        fromDay: row.from_day,
        toDay: row.to_day,
      }))
}
