import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { Control } from '@/lib/pipeline/decision/block'
import { type Gate, ringGate } from '@/lib/pipeline/decision/gate'
import { may } from '@/lib/pipeline/decision/permissions'
import { findNextRingState, type RingMove, type RingState } from '@/lib/pipeline/decision/rings'
import {
  type DecisionMove,
  type DecisionState,
  nextState,
  type Verdict,
} from '@/lib/pipeline/decision/states'
import type { AccountActor } from '@/lib/store/accounts'
import type { AuditSubject } from '@/lib/store/audit'
import { type DecisionWithRings, lockActor, moveDecision } from '@/lib/store/decisions'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { readRingWatch, setRing } from '@/lib/store/rings'
import { auditedAll } from '../audited'
import { checked } from '../checked'
import { Comment, DecisionTarget, getForMove, MOVED_ON, requirePerson } from './person'
import { requireAuditing } from './start-audit'
import { supersededBy, supersedeOthers } from './supersede'

const Move = DecisionTarget.extend({
  ringId: z.int().positive(),
  move: z.enum(['audit', 'enforce', 'roll-back']),
  /** Needed to roll back, and to enforce what the gate holds back. */
  reason: Comment,
})
export type RingMoveRequest = z.input<typeof Move>
type CheckedMove = z.output<typeof Move>

/** States of a decision in which a ring may be moved so. */
const OPEN_IN: Readonly<Record<RingMove, readonly DecisionState[]>> = {
  audit: ['audit', 'approved', 'enforced'],
  enforce: ['approved', 'enforced'],
  'roll-back': ['audit', 'approved', 'enforced', 'emergency'],
}

/**
 * Somebody says that a ring is now audited, enforced, or taken back: Cordon enforces nothing itself. Enforcing takes an approval, and where the
 * gate says that the ring is not ready, a manager and a reason. When its last ring is enforced, it supersedes what was enforced for the same hosts.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function moveRing(actor: Actor, submitted: RingMoveRequest): Promise<void> {
  const person = requirePerson(actor, 'propose')
  const request = checked(Move, submitted)
  await auditedAll(actor, async (tx) => {
    const { ring, detail, superseded } = await move(tx, person, request)
    const own: AuditSubject = {
      action: ACTIONS[request.move],
      subjectKind: 'decision',
      subjectId: String(request.id),
      detail: { ring, reason: request.reason || null, ...detail },
    }
    return { result: undefined, subjects: [own, ...supersededBy(superseded, request.id)] }
  })
}

const ACTIONS: Readonly<Record<RingMove, string>> = {
  audit: 'decision-ring-audited',
  enforce: 'decision-ring-enforced',
  'roll-back': 'decision-ring-rolled-back',
}

type Moved = { ring: string; detail: { readonly [key: string]: Json }; superseded: number[] }
type Ring = DecisionWithRings['rings'][number]

async function move(tx: PrismaTransaction, person: AccountActor, request: CheckedMove): Promise<Moved> {
  const decision = await getForMove(tx, person, request.id, toDecisionMove(request.move))
  const ring = decision.rings.find(({ id }) => id === request.ringId)
  if (!ring) throw new ExpectedError('not-found', 'There is no such ring.')
  const to = findNextRingState(ring.state as RingState, request.move)
  if (to === null || !OPEN_IN[request.move].includes(decision.state as DecisionState))
    throw new ExpectedError(
      'conflict',
      `This decision is ${decision.state} and the ring ${ring.state}: that cannot be done now.`,
    )
  if (request.move === 'audit') requireAuditing(decision.control as Control | null)
  if (request.move === 'roll-back' && request.reason === '')
    throw new ExpectedError('invalid-input', 'Say why it is taken back.')
  const gate =
    request.move === 'enforce'
      ? await requireGate(tx, person, decision, { ring, reason: request.reason })
      : null
  const next = stateAfter(decision, ring, to)
  if (!(await moveDecision(tx, { ...decision, version: request.version }, next)))
    throw new ExpectedError('conflict', MOVED_ON)
  await setRing(tx, ring.id, to, now())
  const superseded = request.move === 'enforce' ? await supersedeOthers(tx, decision.id) : []
  return {
    ring: ring.name,
    detail: {
      ...(gate !== null && { gate: gate.ready, held: heldBack(gate) }),
      ...(superseded.length > 0 && { supersedes: superseded }),
    },
    superseded,
  }
}

function toDecisionMove(move: RingMove): DecisionMove {
  return move === 'audit' ? 'start-audit' : move
}

/** A decision is enforced as long as one of its rings is. */
function stateAfter(decision: DecisionWithRings, ring: Ring, to: RingState): DecisionState {
  const state = decision.state as DecisionState
  const enforced = decision.rings.some(({ id, state }) => (id === ring.id ? to : state) === 'enforced')
  if (state === 'approved' && enforced) return nextState(state, 'enforce', decision.verdict as Verdict)
  if (state === 'enforced' && !enforced) return nextState(state, 'roll-back', decision.verdict as Verdict)
  return state
}

type Asked = { ring: Ring; reason: string }

/** @throws ExpectedError 'conflict' with what holds the ring back, unless a manager says why it is enforced all the same */
async function requireGate(
  tx: PrismaTransaction,
  person: AccountActor,
  decision: DecisionWithRings,
  { ring, reason }: Asked,
): Promise<Gate> {
  const { watch, explained } = await readRingWatch(tx, ring)
  const gate = ringGate({
    state: ring.state as RingState,
    control: decision.control as Control,
    watch,
    explained,
    earlier: decision.rings.filter(({ position, state }) => position < ring.position && state !== 'enforced')
      .length,
  })
  if (gate.ready) return gate
  const role = (await lockActor(tx, person.accountId))?.role
  if (role === undefined || !may(role, 'decide'))
    throw new ExpectedError(
      'conflict',
      `This ring is not ready; a manager can enforce it all the same. ${heldBack(gate).join(' ')}`,
    )
  if (reason === '')
    throw new ExpectedError(
      'invalid-input',
      `This ring is not ready; say why it is enforced all the same. ${heldBack(gate).join(' ')}`,
    )
  return gate
}

function heldBack({ checks }: Gate): string[] {
  return checks.filter(({ ok }) => !ok).map(({ words }) => words)
}
