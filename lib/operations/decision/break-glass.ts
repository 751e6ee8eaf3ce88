import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { addDays } from '@/lib/pipeline/days'
import { BLOCK_EFFECTS, CONTROLS, type DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { may } from '@/lib/pipeline/decision/permissions'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import { DecisionScopeSchema } from '@/lib/pipeline/decision/schemas'
import { normalScope, overlap, sameScope } from '@/lib/pipeline/decision/scope'
import { EMERGENCY_HOURS } from '@/lib/pipeline/decision/states'
import { type DecisionTerms, EMERGENCY_REVIEW_DAYS } from '@/lib/pipeline/decision/terms'
import type { AccountActor } from '@/lib/store/accounts'
import {
  createDecision,
  listEndedEmergencies,
  listWaitingScopes,
  lockActor,
  lockEntry,
} from '@/lib/store/decisions'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { prisma } from '@/lib/store/prisma'
import { loadKnownEvidence } from '@/lib/store/screens/decision/known-evidence'
import { audited } from '../audited'
import { checked } from '../checked'
import { Reason, requirePerson, requireSight } from './person'
import { requirePossible } from './propose-decision'

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
 * approves it, or it lapses, and cannot be repeated. It judges nothing: whether normal work needs the binary is looked at when it is reviewed.
 * Answers the decision's id.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' where the same already waits, or was not approved before
 */
export async function breakGlass(actor: Actor, submitted: Emergency): Promise<number> {
  const person = requirePerson(actor, 'propose')
  const checkedOnes = checked(Emergency, submitted)
  const emergency = { ...checkedOnes, scope: normalScope(checkedOnes.scope) }
  await requireSight(person, emergency.scope)
  const known = await prisma().catalogueEntry.findUnique({
    where: { slug: emergency.slug },
    select: { id: true, slug: true },
  })
  if (!known) throw new ExpectedError('not-found', `The catalogue has no ${emergency.slug}.`)
  const evidence = await loadKnownEvidence(emergency.scope, known)
  const { slug, effect, control, scope, reason } = emergency
  const { id } = await audited(
    actor,
    ({ id, lapsesAt }: Written) => ({
      action: 'decision-broke-glass',
      subjectKind: 'decision',
      subjectId: String(id),
      detail: { binary: slug, effect, control, scope, reason, lapsesAt: lapsesAt.toISOString() },
    }),
    (tx) => write(tx, person, emergency, evidence),
  )
  return id
}

type Written = { id: number; lapsesAt: Date }

async function write(
  tx: PrismaTransaction,
  person: AccountActor,
  { slug, effect, control, scope, reason }: z.output<typeof Emergency>,
  evidence: Evidence,
): Promise<Written> {
  const at = now()
  const current = await lockActor(tx, person.accountId)
  if (current === null || !may(current.role, 'propose'))
    throw new ExpectedError('forbidden', 'Your role no longer allows that: it was changed meanwhile.')
  await requireSight(current, scope, tx)
  const entry = await lockEntry(tx, slug)
  if (!entry) throw new ExpectedError('not-found', `The catalogue has no ${slug}.`)
  requirePossible(entry, { effect, control })
  if ((await listWaitingScopes(tx, entry.id)).some((other) => sameScope(other, scope)))
    throw new ExpectedError(
      'conflict',
      `A verdict for ${entry.name} on these hosts waits already: a manager can approve it now, or its author withdraws it.`,
    )
  const lapsesAt = await requireFirst(tx, entry, scope, at)
  const terms: DecisionTerms = {
    verdict: 'emergency',
    effect,
    control,
    scope,
    exceptions: [],
    rings: ONE_RING,
    justification: reason,
    ownerId: null,
    reviewOn: addDays(at.toISOString().slice(0, 10), EMERGENCY_REVIEW_DAYS),
    expiresOn: null,
    ticket: null,
  }
  const begun = {
    entryId: entry.id,
    state: 'emergency',
    proposedById: person.accountId,
    proposedAt: at,
  } as const
  return { id: await createDecision(tx, terms, { ...begun, evidence, lapsesAt }, at), lapsesAt }
}

/** Days for which an emergency block that ended without an approval speaks against the next one. */
const REPEAT_DAYS = 30

/**
 * Until when an emergency block may hold: one that was withdrawn early leaves the rest of its hours to the next.
 * @throws ExpectedError 'conflict' after one for the same hosts that nobody approved in time, or that a manager rejected
 */
async function requireFirst(
  tx: PrismaTransaction,
  entry: { id: number; name: string },
  scope: DecisionScope,
  at: Date,
): Promise<Date> {
  const since = new Date(at.getTime() - REPEAT_DAYS * 24 * HOUR_MS)
  const ends = [new Date(at.getTime() + EMERGENCY_HOURS * HOUR_MS)]
  for (const earlier of await listEndedEmergencies(tx, entry.id, since)) {
    if (!overlap(earlier.scope, scope)) continue
    if (earlier.state === 'rejected' || earlier.lapsesAt <= at)
      throw new ExpectedError(
        'conflict',
        `${entry.name} was blocked here in an emergency before (decision ${earlier.id}), and ${earlier.state === 'rejected' ? 'a manager rejected it' : 'nobody approved it in time'}. Propose it: a manager can approve it at once.`,
      )
    ends.push(earlier.lapsesAt)
  }
  return new Date(Math.min(...ends.map((end) => end.getTime())))
}
