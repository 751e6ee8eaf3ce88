import type { BlockException, DecisionScope } from '@/lib/pipeline/decision/block'
import { type Placed, takesIn } from '@/lib/pipeline/decision/scope'
import { exceptionsOn } from '@/lib/pipeline/decision/terms'
import { placeBits } from '@/lib/pipeline/decision/what-if'
import { listGroupedHosts } from './blocks'
import { loadScopesToday } from './host-identity'
import type { Db } from './sql'

/** The hosts there are, with their groups, and what a scope means of them today. */
export type Fleet = { hosts: readonly Placed[]; today: (scope: DecisionScope) => DecisionScope }

export async function loadFleet(db: Db): Promise<Fleet> {
  const [hosts, today] = await Promise.all([listGroupedHosts(db), loadScopesToday(db)])
  return { hosts: hosts.map(({ id, groupId }) => ({ hostId: id, groupId })), today }
}

type Rolled = { scope: DecisionScope; exceptions: readonly BlockException[] }

/** The hosts that a rollout is for: those of the scope without those that an exception of a whole host or group spares on a day, which are in no ring. */
export function rolloutHosts({ hosts, today }: Fleet, { scope, exceptions }: Rolled, day: string): Placed[] {
  const places = today(scope)
  const spared = exceptionsOn(exceptions, day).map((one) => {
    const moved = one.kind === 'host' ? today({ kind: 'hosts', ids: [one.id] }) : null
    return one.kind === 'host' && moved?.kind === 'hosts' ? { ...one, id: moved.ids[0] ?? one.id } : one
  })
  return hosts.filter((host) => takesIn(places, host) && placeBits(spared, host) === 0)
}
