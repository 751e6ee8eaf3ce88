import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import type { Control } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import { type DecisionState, nextState } from '@/lib/pipeline/decision/states'
import { moveDecision, termsOf } from '@/lib/store/decisions'
import { pool } from '@/lib/store/pool'
import { setRing } from '@/lib/store/rings'
import { loadFleet } from '@/lib/store/rollout-hosts'
import { audited } from '../audited'
import { checked } from '../checked'
import { DecisionTarget, getForMove, MOVED_ON, requirePerson, type Target } from './person'
import { requireProposable } from './propose-decision'

/**
 * Puts a draft's first ring into audit: its control reports there what it would block, and blocks nothing, so that no approval is needed.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function startAudit(actor: Actor, submitted: Target): Promise<void> {
  const person = requirePerson(actor, 'propose')
  const target = checked(DecisionTarget, submitted)
  const fleet = await loadFleet(pool())
  await audited(
    actor,
    ({ slug, ring }: { slug: string; ring: string }) => ({
      action: 'decision-audit-started',
      subjectKind: 'decision',
      subjectId: String(target.id),
      detail: { binary: slug, ring },
    }),
    async (tx) => {
      const decision = await getForMove(tx, person, target.id, 'start-audit')
      const terms = termsOf(decision)
      const next = nextState(decision.state as DecisionState, 'start-audit', terms.verdict)
      const slug = await requireProposable(tx, decision, terms, fleet)
      requireAuditing(terms.control)
      const [first] = decision.rings
      if (!first) throw new ExpectedError('invalid-input', 'It has no ring to audit.')
      const moved = await moveDecision(tx, { ...decision, version: target.version }, next)
      if (!moved) throw new ExpectedError('conflict', MOVED_ON)
      await setRing(tx, first.id, 'audit', now())
      return { slug, ring: first.name }
    },
  )
}

/** @throws ExpectedError 'invalid-input' for a control that cannot report what it would block */
export function requireAuditing(control: Control | null): void {
  if (control === null || !CONTROL_FACTS[control].auditMode)
    throw new ExpectedError('invalid-input', 'This control has no audit mode: it can only be enforced.')
}
