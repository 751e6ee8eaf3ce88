import { now, today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { type BlockedEntry, refusalOf } from '@/lib/pipeline/decision/controls'
import { problemOfRings } from '@/lib/pipeline/decision/narrowing'
import { sameScope } from '@/lib/pipeline/decision/scope'
import { type DecisionState, nextState } from '@/lib/pipeline/decision/states'
import { type DecisionTerms, problemsOf } from '@/lib/pipeline/decision/terms'
import type { AccountActor } from '@/lib/store/accounts'
import {
  type DecisionWithRings,
  listWaitingScopes,
  lockEntry,
  moveDecision,
  termsOf,
} from '@/lib/store/decisions'
import { pool } from '@/lib/store/pool'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { type Fleet, loadFleet, rolloutHosts } from '@/lib/store/rollout-hosts'
import { audited } from '../audited'
import { checked } from '../checked'
import { evidenceFor, type KnownEvidence } from './evidence-for'
import { DecisionTarget, getForMove, MOVED_ON, requireMovable, requirePerson, type Target } from './person'

/**
 * Asks a manager to decide on a draft, or on what was audited; what is known of the binary's use on the hosts in scope is frozen with it.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' while another proposal for the same hosts waits, or when
 * it is no longer as it was read
 */
export async function proposeDecision(actor: Actor, submitted: Target): Promise<void> {
  const person = requirePerson(actor, 'propose')
  const target = checked(DecisionTarget, submitted)
  await requireMovable(person, target, 'propose')
  const [known, fleet] = await Promise.all([evidenceFor(target.id), loadFleet(pool())])
  await audited(
    actor,
    ({ terms, slug }: Proposed) => ({
      action: 'decision-proposed',
      subjectKind: 'decision',
      subjectId: String(target.id),
      detail: { binary: slug, ...terms },
    }),
    (tx) => propose(tx, person, target, { known, fleet }),
  )
}

type Proposed = { terms: DecisionTerms; slug: string }

async function propose(
  tx: PrismaTransaction,
  person: AccountActor,
  target: Target,
  { known, fleet }: { known: KnownEvidence; fleet: Fleet },
): Promise<Proposed> {
  const decision = await getForMove(tx, person, target.id, 'propose')
  const terms = termsOf(decision)
  const next = nextState(decision.state as DecisionState, 'propose', terms.verdict)
  // what is in audit was looked at before, and can no longer be written anew
  const slug = await requireProposable(tx, decision, terms, decision.state === 'draft' ? fleet : null)
  if (known.version !== target.version) throw new ExpectedError('conflict', MOVED_ON)
  const moved = await moveDecision(tx, { ...decision, version: target.version }, next, {
    evidence: known.evidence,
    proposedAt: now(),
  })
  if (!moved) throw new ExpectedError('conflict', MOVED_ON)
  return { terms, slug }
}

/** The binary's name, once its terms are complete, each of its rings has a host and nothing else waits for the same hosts. */
export async function requireProposable(
  tx: PrismaTransaction,
  { entryId }: Pick<DecisionWithRings, 'entryId'>,
  terms: DecisionTerms,
  /** Read before the transaction; null = its rings are not looked at. */
  fleet: Fleet | null,
): Promise<string> {
  const problem =
    problemsOf(terms, today())[0] ??
    (fleet === null ? null : problemOfRings(terms.rings, rolloutHosts(fleet, terms, today())))
  if (problem !== null) throw new ExpectedError('invalid-input', problem)
  const { slug } = await tx.catalogueEntry.findUniqueOrThrow({
    where: { id: entryId },
    select: { slug: true },
  })
  const entry = await lockEntry(tx, slug)
  requirePossible(entry, terms)
  const waiting = await listWaitingScopes(tx, entryId)
  if (waiting.some((scope: DecisionScope) => sameScope(scope, terms.scope)))
    throw new ExpectedError(
      'conflict',
      `A verdict for ${entry?.name ?? slug} is already proposed: it waits for a manager, or its proposer withdraws it.`,
    )
  return slug
}

/** @throws ExpectedError 'invalid-input' where no control of this kind can do that to the binary, or Windows does not work without it */
export function requirePossible(
  entry: BlockedEntry | null,
  { effect, control }: Pick<DecisionTerms, 'effect' | 'control'>,
): void {
  if (entry === null || effect === null || control === null) return
  const refusal = refusalOf(effect, control, entry)
  if (refusal !== null)
    throw new ExpectedError('invalid-input', `${entry.name} cannot be blocked so. ${refusal}`)
}
