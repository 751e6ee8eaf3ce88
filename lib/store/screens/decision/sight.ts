import type { Scope } from '@/lib/pipeline/actor'
import { inScope } from '@/lib/store/scope'
import { type Sql, sql } from '@/lib/store/sql'

/** Whether somebody sees every host that the decision `d` speaks of. */
export function visibleTo(scope: Scope): Sql {
  if (scope.kind === 'all') return sql`true`
  return sql`CASE d.scope->>'kind' WHEN 'groups' THEN d.scope->'ids' <@ to_jsonb(${[...scope.groupIds]}::int[])
    WHEN 'hosts' THEN NOT EXISTS (SELECT FROM jsonb_array_elements_text(d.scope->'ids') i WHERE NOT (true ${inScope(scope, sql`i::int`)}))
    ELSE false END`
}
