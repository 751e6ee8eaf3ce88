import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { effectOfState, mayMoveTo } from '@/lib/pipeline/deviation/triage'
import { planTriage, type TriagePlan } from '@/lib/pipeline/deviation/triage-plan'
import type { AccountActor } from '@/lib/store/accounts'
import {
  findDeviation,
  findHostsThatUsed,
  loadPatternUses,
  type StoredDeviation,
  seesAllOfRuling,
} from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { type PrismaTransaction, prisma } from '@/lib/store/prisma'
import {
  changeDeviation,
  findLastChange,
  insertRulings,
  listRulings,
  queueAfterRulings,
  type RulingInForce,
  setRevoked,
  TRIAGE_UNDONE,
  TRIAGED,
} from '@/lib/store/triage'
import { audited } from './audited'
import { checked } from './checked'

const MAX_RULINGS = 500
const MAX_NOTE = 4000
export const DeviationId = z.string().regex(/^-?\d{1,19}$/, 'This is no deviation.')
export const DeviationTarget = z.object({ id: DeviationId, version: z.int().min(0) })
export const TriageNote = z.string().trim().max(MAX_NOTE, `A note has at most ${MAX_NOTE} characters.`)

const Triage = z.discriminatedUnion('to', [
  DeviationTarget.extend({ to: z.enum(['open', 'flagged']), note: TriageNote.optional() }),
  DeviationTarget.extend({
    to: z.enum(['expected', 'authorised-test', 'malicious']),
    scope: z.enum(['fleet', 'groups', 'hosts']),
    /** Last day that it holds; null = no end. */
    until: z.iso.date('Give the last day as YYYY-MM-DD.').nullable(),
    note: TriageNote.optional(),
  }),
])
/** `version`: of the deviation as the responder read it. */
export type Triage = z.input<typeof Triage>
/** A triage of whichever deviation. */
export type Judgement = DistributiveOmit<Triage, 'id' | 'version'>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
type CheckedTriage = z.output<typeof Triage>

/** What somebody is told whose view of a deviation was overtaken, and by whom. */
export async function changedMeanwhile(id: string): Promise<ExpectedError> {
  const last = await findLastChange(pool(), id)
  const who = last === null ? 'Somebody else' : last.actor
  return new ExpectedError(
    'conflict',
    `${who} changed this deviation meanwhile${last === null ? '' : ` (${WHAT[last.action] ?? last.action}${last.to === null ? '' : `: ${last.to}`})`}. It was not changed again: look at it as it is now.`,
  )
}

const WHAT: Readonly<Record<string, string>> = {
  [TRIAGED]: 'judged',
  [TRIAGE_UNDONE]: 'undone',
  'deviation-assigned': 'assigned',
  'deviation-noted': 'noted',
}

/**
 * A responder judges a deviation. What it teaches is planTriage of what is on record; the hosts concerned are scored again from the
 * first day that a ruling reaches. Back to open or flagged takes back what was taught.
 * @returns what it taught
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function triageDeviation(actor: Actor, submitted: Triage): Promise<TriagePlan> {
  const person = requireTriage(actor)
  const triage = checked(Triage, submitted)
  const deviation = await getDeviation(person, triage)
  if (!mayMoveTo(deviation.state, triage.to))
    throw new ExpectedError('conflict', `It is ${deviation.state} already: reopen it first.`)
  const plan = await toPlan(person, deviation, triage)
  const revoked = effectOfState(triage.to) === null ? await getRevocable(person, deviation) : []
  const hosts = await findAffected(deviation, [...plan.rulings, ...revoked])
  await audited(
    actor,
    ({ created }: { created: string[] }) => ({
      action: TRIAGED,
      subjectKind: 'deviation',
      subjectId: deviation.id,
      detail: {
        from: deviation.state,
        to: triage.to,
        binary: deviation.slug,
        title: deviation.titleInWords,
        note: triage.note || null,
        created,
        revoked: revoked.map(({ id }) => id),
        hosts: plan.hostIds.length,
        executions: plan.executions,
      },
    }),
    async (tx) => {
      await move(tx, deviation, triage)
      const created = await insertRulings(tx, deviation, plan.rulings, person.accountId)
      await setRevoked(
        tx,
        revoked.map(({ id }) => id),
        now(),
      )
      if (hosts !== null) await queueAfterRulings(tx, hosts.ids, hosts.from)
      return { created }
    },
  )
  return plan
}

/** @throws ExpectedError 'forbidden' */
export function requireTriage(actor: Actor): AccountActor {
  requirePermission(actor, 'triage')
  if (actor.kind !== 'account') throw new ExpectedError('forbidden', 'Deviations are judged by a person.')
  return actor
}

/** The deviation as it stands. @throws ExpectedError 'not-found', or 'conflict' when it is no longer as it was read */
export async function getDeviation(
  person: AccountActor,
  { id, version }: z.output<typeof DeviationTarget>,
): Promise<StoredDeviation> {
  const deviation = await findDeviation(pool(), person.scope, id)
  if (deviation === null) throw new ExpectedError('not-found', 'There is no such deviation any more.')
  if (deviation.version !== version) throw await changedMeanwhile(deviation.id)
  return deviation
}

const NO_PLAN: TriagePlan = { rulings: [], hostIds: [], executions: 0, executionsLeft: 0 }

async function toPlan(
  person: AccountActor,
  deviation: StoredDeviation,
  triage: CheckedTriage,
): Promise<TriagePlan> {
  const effect = effectOfState(triage.to)
  if (effect === null || !('scope' in triage)) return NO_PLAN
  if (triage.scope === 'fleet' && person.scope.kind !== 'all')
    throw new ExpectedError('forbidden', 'You see only some host groups: choose their scope.')
  const uses = await loadPatternUses(pool(), person.scope, deviation)
  const plan = planTriage(uses, { effect, scope: triage.scope, until: triage.until })
  if (plan.rulings.length === 0)
    throw new ExpectedError('conflict', 'Nothing on record shows this pattern any more.')
  if (plan.rulings.length > MAX_RULINGS)
    throw new ExpectedError('invalid-input', `This would take more than ${MAX_RULINGS} rulings.`)
  if (plan.rulings.some(({ from, until }) => until !== null && until < from))
    throw new ExpectedError('invalid-input', 'It would end before the first day that it is about.')
  return plan
}

async function getRevocable(person: AccountActor, deviation: StoredDeviation): Promise<RulingInForce[]> {
  const rulings = await listRulings(prisma(), deviation.id)
  await requireSight(person, rulings)
  return rulings
}

/** @throws ExpectedError 'forbidden' for rulings on hosts that the person may not see */
export async function requireSight(person: AccountActor, rulings: readonly RulingInForce[]): Promise<void> {
  for (const { scope } of rulings)
    if (!(await seesAllOfRuling(pool(), person.scope, scope)))
      throw new ExpectedError('forbidden', 'It was judged for hosts that you may not see.')
}

/** Hosts to score again when these rulings change, and from which day; null = none. */
export async function findAffected(
  deviation: StoredDeviation,
  rulings: readonly { from: string }[],
): Promise<{ ids: number[]; from: string } | null> {
  const from = rulings.map((ruling) => ruling.from).sort()[0]
  return from === undefined ? null : { ids: await findHostsThatUsed(pool(), deviation, from), from }
}

async function move(tx: PrismaTransaction, deviation: StoredDeviation, triage: CheckedTriage): Promise<void> {
  const moved = await changeDeviation(tx, deviation, {
    state: triage.to,
    stateChangedAt: now(),
    ...(triage.note && { note: triage.note }),
  })
  if (!moved) throw await changedMeanwhile(deviation.id)
}
