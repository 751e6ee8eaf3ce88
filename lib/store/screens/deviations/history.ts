import type { Scope } from '@/lib/pipeline/actor'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { RulingEffect } from '@/lib/pipeline/deviation/ruling'
import type { TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import { seesAllOfRuling } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { namesOfScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'

/** Something that somebody did to an item. */
export type DeviationChange = {
  id: string
  /** Microseconds since 1970. */
  at: number
  actor: string
  action: string
  detail: Json
}

const SHOWN_CHANGES = 200

/** What people did to an item, newest first. */
export async function listDeviationChanges(id: string): Promise<DeviationChange[]> {
  const found = await rows<{ id: string; at: number; actor_name: string; action: string; detail: Json }>(
    pool(),
    sql`SELECT id, at, actor_name, action, detail FROM audit_entry
        WHERE subject_kind = 'deviation' AND subject_id = ${id} ORDER BY id DESC LIMIT ${SHOWN_CHANGES}`,
  )
  return found.map(({ actor_name, ...rest }) => ({ ...rest, actor: actor_name }))
}

/** A ruling of an item that nobody took back. Days are 'YYYY-MM-DD'. */
export type RulingRow = {
  id: string
  effect: RulingEffect
  /** null = any, '' = not reported. */
  parent: string | null
  identity: string | null
  /** The only notable modules that it explains; null = any. */
  modules: string[] | null
  /** 'fleet', or the names of groups or hosts; null = hosts that the actor may not see. */
  scope: string[] | null
  from: string
  /** Its last day; null = no end. */
  until: string | null
  /** That day is over: what is used since is judged without it. */
  ended: boolean
}

type Row = {
  id: string
  effect: RulingEffect
  parent: string | null
  identity: string | null
  modules: string[] | null
  scope: TriageScope
  names: string[] | null
  from: string
  until: string | null
  ended: boolean
}

/** What an item's triage taught and nobody took back, what ended among it. */
export async function listDeviationRulings(scope: Scope, id: string): Promise<RulingRow[]> {
  const found = await rows<Row>(
    pool(),
    sql`SELECT r.id, r.effect, r.parent, r.identity, r.modules, r.scope, r.valid_from AS from, r.valid_to AS until,
          coalesce(r.valid_to < (now() AT TIME ZONE 'UTC')::date, false) AS ended,
          ${namesOfScope(sql`r.scope`)} AS names
        FROM ruling r WHERE r.deviation_id = ${id}::bigint AND r.revoked_at IS NULL ORDER BY r.id`,
  )
  return await Promise.all(
    found.map(async ({ scope: ruled, names, ...rest }) => {
      if (ruled.kind === 'fleet') return { ...rest, scope: ['fleet'] }
      if (await seesAllOfRuling(pool(), scope, ruled)) return { ...rest, scope: names ?? [] }
      // what it is bound to is what other hosts do
      return { ...rest, parent: null, identity: null, modules: null, scope: null }
    }),
  )
}

/** Accounts that may be given a deviation, by name. */
export async function listAssignees(): Promise<{ id: string; name: string }[]> {
  return await rows<{ id: string; name: string }>(
    pool(),
    sql`SELECT id, name FROM account WHERE disabled_at IS NULL AND role IN ('responder', 'manager', 'admin') ORDER BY name, id`,
  )
}
