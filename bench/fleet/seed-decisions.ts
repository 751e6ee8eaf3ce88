import { decide } from '@/lib/operations/decision/decide'
import { proposeDecision } from '@/lib/operations/decision/propose-decision'
import { ROLES, type Role } from '@/lib/pipeline/actor'
import type { AccountActor } from '@/lib/store/accounts'
import { pool } from '@/lib/store/pool'
import { draftBlock, listBlockable, person } from '../parts/people'

/** One account a role, named by it, and decisions on the most and the least used binaries: drafts, proposals and approved ones. */
export async function seedDecisions(count: number): Promise<void> {
  const people = new Map<Role, AccountActor>()
  for (const role of ROLES) people.set(role, await person(role, role))
  const [responder, manager] = [people.get('responder'), people.get('manager')]
  if (responder === undefined || manager === undefined) throw new Error('no such roles')
  const { rows } = await pool().query<{ slug: string }>(
    `SELECT slug FROM catalogue_entry c WHERE kind = 'binary' AND tier = 'baseline' AND retired_at IS NULL
       AND slug = ANY($2) ORDER BY (SELECT sum(executions) FROM use_day u WHERE u.entry_id = c.id) DESC NULLS LAST, slug LIMIT $1`,
    [count, await listBlockable()],
  )
  for (const [at, { slug }] of rows.entries()) {
    const { id, version } = await draftBlock(responder, slug)
    if (at % 3 === 0) continue
    await proposeDecision(responder, { id, version })
    if (at % 3 === 1)
      await decide(manager, { id, version: version + 1, move: 'approve', comment: '', seen: [] })
  }
}
