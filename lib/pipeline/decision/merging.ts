import type { Block } from './block'
import { exceptionsNow, type Placed, scopeNow } from './scope'
import { holdsFor } from './what-if'

/** What merging hosts changes of where a block holds. `holds`: whether it does for the host that they become; `changed`: those of them for which that is new. */
export type MergeEffect<H extends Placed> = { holds: boolean; changed: H[] }

/** A decision goes with its hosts: what it said of one that is merged, it says of the host that it becomes. `hosts`: all that are merged, `into` among them. */
export function mergeEffect<H extends Placed>(
  { scope, exceptions }: Pick<Block, 'scope' | 'exceptions'>,
  hosts: readonly H[],
  into: Placed,
): MergeEffect<H> {
  const merged = new Set(hosts.map(({ hostId }) => hostId))
  const hostNow = (id: number) => (merged.has(id) ? into.hostId : id)
  const after = { scope: scopeNow(scope, hostNow), exceptions: exceptionsNow(exceptions, hostNow) }
  const holds = holdsFor(after, into)
  return { holds, changed: hosts.filter((host) => holdsFor({ scope, exceptions }, host) !== holds) }
}
