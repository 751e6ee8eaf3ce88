import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { BLOCK_EFFECTS, CONTROLS, DecisionScopeSchema } from '@/lib/pipeline/decision/block'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import { normalScope, sameScope } from '@/lib/pipeline/decision/scope'
import { EMERGENCY_HOURS, type Verdict } from '@/lib/pipeline/decision/states'
import { EFFECTS_OF, REVIEW_DAYS } from '@/lib/pipeline/decision/terms'
import { createDecision, listWaitingScopes, lockActor, lockEntry } from '@/lib/store/decisions'
import { loadEvidence } from '@/lib/store/evidence'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { hostsOf } from '@/lib/store/scope'
import { audited } from '../audited'
import { checked } from '../checked'
import { Reason, requirePerson, requireSight } from './person'

const HOUR_MS = 3_600_000

const Emergency = z.object({
  slug: z.string().min(1).max(260),
  effect: z.enum(BLOCK_EFFECTS),
  control: z.enum(CONTROLS),
  scope: DecisionScopeSchema,
  reason: Reason,
})
export type Emergency = z.input<typeof Emergency>

/**
 * A responder says that they block a binary now, in an incident, before anybody approved it. It holds for EMERGENCY_HOURS: until then a manager
 * approves it, or it lapses. Answers the decision's id.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' where the same already waits
 */
export async function breakGlass(actor: Actor, submitted: Emergency): Promise<number> {
  const person = requirePerson(actor, 'propose')
  const emergency = checked(Emergency, submitted)
  const scope = normalScope(emergency.scope)
  await requireSight(person, scope)
  const known = await prisma().catalogueEntry.findUnique({
    where: { slug: emergency.slug },
    select: { id: true },
  })
  if (!known) throw new ExpectedError('not-found', `The catalogue has no ${emergency.slug}.`)
  const evidence = await loadEvidence(pool(), hostsOf(scope), known.id)
  const at = now()
  const lapsesAt = new Date(at.getTime() + EMERGENCY_HOURS * HOUR_MS)
  const { reason, slug, effect, control } = emergency
  return await audited(
    actor,
    (id) => ({
      action: 'decision-broke-glass',
      subjectKind: 'decision',
      subjectId: String(id),
      detail: { binary: slug, effect, control, scope, reason, lapsesAt: lapsesAt.toISOString() },
    }),
    async (tx) => {
      const role = (await lockActor(tx, person.accountId))?.role
      if (role === undefined || role === 'viewer')
        throw new ExpectedError('forbidden', 'Your role no longer allows that: it was changed meanwhile.')
      const entry = await lockEntry(tx, slug)
      if (!entry) throw new ExpectedError('not-found', `The catalogue has no ${slug}.`)
      if ((await listWaitingScopes(tx, entry.id)).some((other) => sameScope(other, scope)))
        throw new ExpectedError(
          'conflict',
          `A verdict for ${entry.name} on these hosts waits already: a manager can approve it now, or its author withdraws it.`,
        )
      return await createDecision(
        tx,
        {
          verdict: verdictOf(effect),
          effect,
          control,
          scope,
          exceptions: [],
          rings: ONE_RING,
          justification: reason,
          ownerId: null,
          reviewOn: new Date(at.getTime() + REVIEW_DAYS * 24 * HOUR_MS).toISOString().slice(0, 10),
          expiresOn: null,
          ticket: null,
        },
        {
          entryId: entry.id,
          state: 'emergency',
          proposedById: person.accountId,
          proposedAt: at,
          evidence,
          lapsesAt,
        },
        at,
      )
    },
  )
}

/** The verdict whose effect it is. */
function verdictOf(effect: (typeof BLOCK_EFFECTS)[number]): Verdict {
  const verdicts: Verdict[] = ['safe-to-block', 'restrict', 'disable']
  return verdicts.find((verdict) => EFFECTS_OF[verdict].includes(effect)) ?? 'restrict'
}
