import { today as currentDay } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { BlockException, DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { problemOfNarrowing, problemOfRings } from '@/lib/pipeline/decision/narrowing'
import { BlockExceptionSchema } from '@/lib/pipeline/decision/schemas'
import { normalScope } from '@/lib/pipeline/decision/scope'
import type { Verdict } from '@/lib/pipeline/decision/states'
import { exceptionsOn } from '@/lib/pipeline/decision/terms'
import { placeBits } from '@/lib/pipeline/decision/what-if'
import { type GroupedHost, listGroupedHosts } from '@/lib/store/blocks'
import { type DecisionWithRings, isAnyGone } from '@/lib/store/decisions'
import { loadScopesToday } from '@/lib/store/host-identity'
import { pool } from '@/lib/store/pool'
import { evidenceFor } from './evidence-for'

/** The places that an approval leaves a decision, with what is known of the binary there. */
export type Narrowed = {
  scope: DecisionScope
  evidence: Evidence
  hosts: readonly GroupedHost[]
  today: (scope: DecisionScope) => DecisionScope
}

/** Read before the transaction that uses it, as evidence is. @throws ExpectedError 'not-found', or 'invalid-input' where one of the places is gone */
export async function readNarrowed(id: number, submitted: DecisionScope): Promise<Narrowed> {
  const scope = normalScope(submitted)
  if (await isAnyGone(pool(), scope)) throw new ExpectedError('invalid-input', GONE)
  const [{ evidence }, hosts, today] = await Promise.all([
    evidenceFor(id, scope),
    listGroupedHosts(pool()),
    loadScopesToday(pool()),
  ])
  return { scope, evidence, hosts, today }
}

const GONE = 'One of these places is gone meanwhile: look again where it is to hold.'

/** @throws ExpectedError 'invalid-input' where it is not what was proposed with places taken away */
export function requireNarrower(
  decision: DecisionWithRings,
  { scope: submitted, hosts, today }: Narrowed,
): void {
  const [scope, narrowed] = [today(decision.scope as DecisionScope), today(submitted)]
  const spared = sparedPlaces(decision, today)
  const placed = hosts
    .map(({ id, groupId }) => ({ hostId: id, groupId }))
    .filter((host) => placeBits(spared, host) === 0)
  const problem =
    problemOfNarrowing({ verdict: decision.verdict as Verdict, scope }, narrowed) ??
    problemOfRings(decision.rings, placed, scope, narrowed)
  if (problem !== null) throw new ExpectedError('invalid-input', problem)
}

/** The exceptions of whole hosts and groups that hold today: what they spare is in no ring. */
function sparedPlaces({ exceptions }: DecisionWithRings, today: Narrowed['today']): BlockException[] {
  const places = BlockExceptionSchema.array().parse(exceptions)
  return exceptionsOn(places, currentDay()).map((one) => {
    const moved = one.kind === 'host' ? today({ kind: 'hosts', ids: [one.id] }) : null
    return one.kind === 'host' && moved?.kind === 'hosts' ? { ...one, id: moved.ids[0] ?? one.id } : one
  })
}
