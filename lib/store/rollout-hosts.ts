import type { BlockException, DecisionScope } from '@/lib/pipeline/decision/block'
import { exceptionsNow, type HostNow, type Placed, scopeNow } from '@/lib/pipeline/decision/scope'
import { exceptionsOn } from '@/lib/pipeline/decision/terms'
import { holdsFor } from '@/lib/pipeline/decision/what-if'
import { listGroupedHosts } from './blocks'
import { loadHostNow } from './host-identity'
import type { Db } from './sql'

/** The hosts there are, with their groups, and which of them each one that was merged is. */
export type Fleet = { hosts: readonly Placed[]; hostNow: HostNow }

export async function loadFleet(db: Db): Promise<Fleet> {
  const [hosts, hostNow] = await Promise.all([listGroupedHosts(db), loadHostNow(db)])
  return { hosts: hosts.map(({ id, groupId }) => ({ hostId: id, groupId })), hostNow }
}

type Rolled = { scope: DecisionScope; exceptions: readonly BlockException[] }

/** The hosts that a rollout is for: those of the scope without those that an exception of a whole host or group spares on a day, which are in no ring. */
export function rolloutHosts(
  { hosts, hostNow }: Fleet,
  { scope, exceptions }: Rolled,
  day: string,
): Placed[] {
  const places = {
    scope: scopeNow(scope, hostNow),
    exceptions: exceptionsNow(exceptionsOn(exceptions, day), hostNow),
  }
  return hosts.filter((host) => holdsFor(places, host))
}
