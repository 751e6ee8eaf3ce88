import type { Scope } from '@/lib/pipeline/actor'
import type { BlockException } from '@/lib/pipeline/decision/block'
import { listHostNames } from '@/lib/store/screens/decision/form'
import { listGroupChoices } from '@/lib/store/screens/host-groups'

/** Names of the hosts and groups in sight that exceptions spare, by 'host 12' or 'group 3'. */
export async function exceptionNames(
  scope: Scope,
  exceptions: readonly BlockException[],
): Promise<ReadonlyMap<string, string>> {
  const hostIds = exceptions.flatMap((one) => (one.kind === 'host' ? [one.id] : []))
  const [groups, hosts] = await Promise.all([
    exceptions.some(({ kind }) => kind === 'group') ? listGroupChoices(scope) : [],
    hostIds.length > 0 ? listHostNames(scope, hostIds) : [],
  ])
  return new Map([
    ...groups.map(({ id, name }) => [`group ${id}`, name] as const),
    ...hosts.map(({ id, name }) => [`host ${id}`, name] as const),
  ])
}
