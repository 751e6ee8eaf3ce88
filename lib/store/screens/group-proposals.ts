import { commonPrefix, type GroupProposal, proposeGroups } from '@/lib/pipeline/baseline/group-proposals'
import { listDeclinedProposals, loadHostProfiles } from '@/lib/store/host-profiles'
import { pool } from '@/lib/store/pool'

export type ShownProposal = GroupProposal & { suggestedName: string }

/** Groups that the use of proxy binaries suggests, of hosts that are in none or of all; without those that were declined. */
export async function listGroupProposals(which: 'ungrouped' | 'all'): Promise<ShownProposal[]> {
  const [profiles, declined] = await Promise.all([
    loadHostProfiles(pool(), which),
    listDeclinedProposals(pool()),
  ])
  return proposeGroups(profiles)
    .filter(({ key }) => !declined.has(key))
    .map((proposal) => ({ ...proposal, suggestedName: nameOf(proposal) }))
}

function nameOf({ hosts, traits }: GroupProposal): string {
  return commonPrefix(hosts.map(({ name }) => name)) ?? `Hosts with ${traits[0]?.slug ?? 'like use'}`
}
