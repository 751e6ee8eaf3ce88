import { today } from '@/lib/clock'
import { createAccount } from '@/lib/operations/create-account'
import { decide } from '@/lib/operations/decision/decide'
import { proposeDecision } from '@/lib/operations/decision/propose-decision'
import { saveDraft } from '@/lib/operations/decision/save-draft'
import { ROLES, type Role, systemActor } from '@/lib/pipeline/actor'
import { addDays } from '@/lib/pipeline/days'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import type { DecisionTerms } from '@/lib/pipeline/decision/terms'
import type { AccountActor } from '@/lib/store/accounts'
import { pool } from '@/lib/store/pool'

/** Of the accounts of a benchmark, one a role: `<role>@bench.example`. */
export const PASSWORD = 'cordon-bench-fleet'
export const emailOf = (role: Role) => `${role}@bench.example`

/** One account a role, and decisions on the most and the least used binaries: drafts, proposals and approved ones. */
export async function seedDecisions(count: number): Promise<void> {
  const people = new Map<Role, AccountActor>()
  for (const role of ROLES) {
    const [email, name] = [emailOf(role), `Bench ${role}`]
    const accountId = await createAccount(systemActor('bench'), { email, name, role, password: PASSWORD })
    people.set(role, { kind: 'account', accountId, email, name, role, scope: { kind: 'all' } })
  }
  const { responder, manager } = { responder: people.get('responder'), manager: people.get('manager') }
  if (responder === undefined || manager === undefined) throw new Error('no such roles')
  const { rows } = await pool().query<{ slug: string }>(
    `SELECT slug FROM catalogue_entry c WHERE kind = 'binary' AND tier = 'baseline' AND retired_at IS NULL
     ORDER BY (SELECT sum(executions) FROM use_day u WHERE u.entry_id = c.id) DESC NULLS LAST, slug LIMIT $1`,
    [count],
  )
  for (const [at, { slug }] of rows.entries()) {
    const { id, version } = await saveDraft(responder, { slug, terms: termsOf(slug), target: null })
    if (at % 3 === 0) continue
    await proposeDecision(responder, { id, version })
    if (at % 3 === 1)
      await decide(manager, { id, version: version + 1, move: 'approve', comment: '', seen: [] })
  }
}

function termsOf(slug: string): DecisionTerms {
  return {
    verdict: 'safe-to-block',
    effect: 'execution',
    control: 'app-control',
    scope: { kind: 'fleet' },
    exceptions: [],
    rings: ONE_RING,
    justification: `Nobody needs ${slug}.`,
    ownerId: null,
    reviewOn: addDays(today(), 90),
    expiresOn: null,
    ticket: null,
  }
}
