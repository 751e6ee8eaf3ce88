import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { DecisionTermsSchema } from '@/lib/pipeline/decision/schemas'
import { normalScope } from '@/lib/pipeline/decision/scope'
import type { DecisionTerms } from '@/lib/pipeline/decision/terms'
import type { AccountActor } from '@/lib/store/accounts'
import { createDecision, lockEntry, rewriteDraft } from '@/lib/store/decisions'
import { audited } from '../audited'
import { checked } from '../checked'
import { DecisionTarget, getForMove, MOVED_ON, requirePerson, requireSight } from './person'

const Draft = z.object({
  slug: z.string().min(1).max(260),
  terms: DecisionTermsSchema,
  /** The draft to rewrite; null = a new one. */
  target: DecisionTarget.nullable(),
  /** The decision that it renews. */
  renewsId: z.int().positive().nullable().default(null),
})
export type Draft = z.input<typeof Draft>

/**
 * Keeps what somebody thinks of deciding: nobody is asked yet, and nothing has to be complete. Answers where it is.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when the draft is no longer as it was read
 */
export async function saveDraft(actor: Actor, submitted: Draft): Promise<{ id: number; version: number }> {
  const person = requirePerson(actor, 'propose')
  const { slug, terms: written, target, renewsId } = checked(Draft, submitted)
  const terms = { ...written, scope: normalScope(written.scope) }
  await requireSight(person, terms.scope)
  await requireSightOfPlaces(person, terms)
  return await audited(
    actor,
    ({ id }) => ({
      action: 'decision-drafted',
      subjectKind: 'decision',
      subjectId: String(id),
      detail: { binary: slug, ...terms, ...(renewsId !== null && { renews: renewsId }) },
    }),
    async (tx) => {
      const entry = await lockEntry(tx, slug)
      if (!entry) throw new ExpectedError('not-found', `The catalogue has no ${slug}.`)
      if (target === null) {
        const id = await createDecision(tx, terms, {
          entryId: entry.id,
          state: 'draft',
          proposedById: person.accountId,
          proposedAt: now(),
          renewsId,
        })
        return { id, version: 0 }
      }
      const decision = await getForMove(tx, person, target.id, 'propose')
      if (decision.entryId !== entry.id)
        throw new ExpectedError('invalid-input', 'It is about another binary.')
      if (!(await rewriteDraft(tx, target, terms))) throw new ExpectedError('conflict', MOVED_ON)
      return { id: target.id, version: target.version + 1 }
    },
  )
}

/** Pages show the names of what exceptions and rings speak of: nobody may ask for those of hosts and groups out of their sight. */
async function requireSightOfPlaces(
  person: AccountActor,
  { exceptions, rings }: DecisionTerms,
): Promise<void> {
  const idsOf = (kind: 'host' | 'group') => exceptions.flatMap((one) => (one.kind === kind ? [one.id] : []))
  await requireSight(person, { kind: 'hosts', ids: idsOf('host') })
  await requireSight(person, {
    kind: 'groups',
    ids: [...idsOf('group'), ...rings.flatMap(({ groupIds }) => groupIds)],
  })
}
