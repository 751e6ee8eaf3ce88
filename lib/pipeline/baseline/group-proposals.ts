import { hash64 } from '@/lib/pipeline/hash'

/** A way in which a host uses a binary. null = not reported. */
export type UseTrait = { slug: string; shape: string | null; parent: string | null }

/** What a host is used for, as far as proxy binaries tell. */
export type HostProfile = { hostId: number; name: string; traits: readonly UseTrait[] }

/** What sets a group's hosts apart. Shares of hosts, in [0, 1]. */
export type SharedTrait = { slug: string; parent: string | null; within: number; elsewhere: number }

export type GroupProposal = {
  /** The same for the same traits, whichever hosts show them: what was declined is not proposed again. */
  key: string
  hosts: { hostId: number; name: string }[]
  /** The most telling first. */
  traits: SharedTrait[]
  /** How alike its hosts are on average, in (0, 1]. */
  likeness: number
}

/** Hosts that are this much alike on average are one group. Origin: by hand, on the simulated fleet: its kinds of host come apart, its hosts do not. */
const LIKENESS_MIN = 0.5
const HOSTS_MIN = 3
const SHOWN_TRAITS = 3
/** A trait tells something of a group that most of its hosts have. */
const TELLING_SHARE = 0.6
/** Different profiles that are compared pairwise; further hosts are left for the next time. */
const PROFILES_MAX = 600

type Member = { hosts: HostProfile[]; keys: ReadonlySet<string> }

function keyOf({ slug, shape, parent }: UseTrait): string {
  return `${slug}\n${shape ?? ''}\n${parent ?? ''}`
}

/** Hosts of exactly the same use as one, the commonest profiles first: what comes with every installation falls together here. */
function distinctProfiles(hosts: readonly HostProfile[]): Member[] {
  const members = new Map<string, Member>()
  for (const host of hosts.toSorted((a, b) => a.hostId - b.hostId)) {
    const keys = [...new Set(host.traits.map(keyOf))].sort()
    if (keys.length === 0) continue
    const profile = keys.join('\n\n')
    const known = members.get(profile)
    if (known === undefined) members.set(profile, { hosts: [host], keys: new Set(keys) })
    else known.hosts.push(host)
  }
  return [...members.values()].toSorted((a, b) => b.hosts.length - a.hosts.length).slice(0, PROFILES_MAX)
}

/** Bits that a use weighs at most: what one host in eight does tells as much of its kind as what one in a hundred does. Origin: by hand. */
const WEIGHT_MAX = 3

/**
 * Rare use says more of what a host is for than use that every host has: log₂ of how many hosts there are for each that has it. What a single
 * host does says nothing of a group.
 */
function weightsOf(members: readonly Member[]): Map<string, number> {
  const total = members.reduce((sum, { hosts }) => sum + hosts.length, 0)
  const having = new Map<string, number>()
  for (const { hosts, keys } of members)
    for (const key of keys) having.set(key, (having.get(key) ?? 0) + hosts.length)
  return new Map(
    Array.from(having, ([key, hosts]) => [
      key,
      hosts === 1 ? 0 : Math.min(WEIGHT_MAX, Math.log2((total + 1) / hosts)),
    ]),
  )
}

/** Weighted Jaccard: what two profiles share, of all that either has. */
function likenessOf(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  weights: ReadonlyMap<string, number>,
): number {
  let [shared, all] = [0, 0]
  for (const key of a) {
    const weight = weights.get(key) ?? 0
    all += weight
    if (b.has(key)) shared += weight
  }
  for (const key of b) if (!a.has(key)) all += weights.get(key) ?? 0
  return all === 0 ? 1 : shared / all
}

type Cluster = { members: number[]; hosts: number; likeness: number }

/** Average linkage: the two most alike become one until none are alike enough; of equals the first. */
function cluster(members: readonly Member[], weights: ReadonlyMap<string, number>): Cluster[] {
  const clusters: (Cluster | null)[] = members.map(({ hosts }, index) => ({
    members: [index],
    hosts: hosts.length,
    likeness: 1,
  }))
  const rows = members.map(({ keys }, a) =>
    Float64Array.from(members, (other, b) => (a === b ? -1 : likenessOf(keys, other.keys, weights))),
  )
  for (;;) {
    const pair = mostAlike(rows, clusters)
    if (pair === null) return clusters.filter((one) => one !== null)
    merge(rows, clusters, pair)
  }
}

type Pair = { a: number; b: number; likeness: number }

function mostAlike(rows: readonly Float64Array[], clusters: readonly (Cluster | null)[]): Pair | null {
  let best: Pair | null = null
  for (let a = 0; a < rows.length; a++) {
    const row = rows[a]
    if (row === undefined || clusters[a] === null) continue
    for (let b = a + 1; b < rows.length; b++) {
      const likeness = row[b] ?? -1
      if (likeness >= LIKENESS_MIN && likeness > (best?.likeness ?? 0)) best = { a, b, likeness }
    }
  }
  return best
}

function merge(rows: readonly Float64Array[], clusters: (Cluster | null)[], { a, b, likeness }: Pair): void {
  const [one, other, rowA, rowB] = [clusters[a], clusters[b], rows[a], rows[b]]
  if (!one || !other || !rowA || !rowB) return
  const hosts = one.hosts + other.hosts
  for (const [index, row] of rows.entries()) {
    const average =
      index === a || clusters[index] === null
        ? -1
        : ((rowA[index] ?? -1) * one.hosts + (rowB[index] ?? -1) * other.hosts) / hosts
    rowA[index] = average
    row[a] = average
    row[b] = -1
    rowB[index] = -1
  }
  clusters[a] = { members: [...one.members, ...other.members], hosts, likeness }
  clusters[b] = null
}

/** Binary and parent as one trait: the kinds of use behind it are too fine for words. */
function shareOf(hosts: readonly HostProfile[]): Map<string, number> {
  const having = new Map<string, number>()
  for (const { traits } of hosts)
    for (const key of new Set(traits.map(({ slug, parent }) => `${slug}\n${parent ?? ''}`)))
      having.set(key, (having.get(key) ?? 0) + 1)
  return new Map(Array.from(having, ([key, count]) => [key, count / Math.max(1, hosts.length)]))
}

function tellingTraits(within: readonly HostProfile[], compared: readonly HostProfile[]): SharedTrait[] {
  const ids = new Set(within.map(({ hostId }) => hostId))
  const others = shareOf(compared.filter(({ hostId }) => !ids.has(hostId)))
  return Array.from(shareOf(within), ([key, share]) => {
    const [slug = '', parent = ''] = key.split('\n')
    return { slug, parent: parent || null, within: share, elsewhere: others.get(key) ?? 0 }
  })
    .filter((trait) => trait.within >= TELLING_SHARE && trait.within > trait.elsewhere)
    .toSorted(
      (a, b) =>
        b.within - b.elsewhere - (a.within - a.elsewhere) ||
        (`${a.slug} ${a.parent}` < `${b.slug} ${b.parent}` ? -1 : 1),
    )
    .slice(0, SHOWN_TRAITS)
}

/**
 * Hosts that use proxy binaries alike, as groups to compare them in. A function of the profiles, whatever their order. Groups of fewer than
 * three hosts, and those that nothing sets apart from the others, are not proposed.
 */
export function proposeGroups(hosts: readonly HostProfile[]): GroupProposal[] {
  const members = distinctProfiles(hosts)
  const compared = members.flatMap((member) => member.hosts)
  const byKey = new Map<string, GroupProposal>()
  for (const { members: indices, likeness } of cluster(members, weightsOf(members))) {
    const within = indices.flatMap((index) => members[index]?.hosts ?? [])
    const traits = tellingTraits(within, compared)
    if (traits.length === 0) continue
    const key = hash64('group proposal', ...traits.flatMap(({ slug, parent }) => [slug, parent]))
    // what sets both apart is the same: one group for people, whatever else differs
    const known = byKey.get(key)
    byKey.set(key, {
      key,
      hosts: [...(known?.hosts ?? []), ...within.map(({ hostId, name }) => ({ hostId, name }))],
      traits: known?.traits ?? traits,
      likeness: Math.min(known?.likeness ?? 1, likeness),
    })
  }
  return [...byKey.values()]
    .filter((proposal) => proposal.hosts.length >= HOSTS_MIN && proposal.hosts.length < compared.length)
    .map((proposal) => ({ ...proposal, hosts: proposal.hosts.toSorted((a, b) => a.hostId - b.hostId) }))
    .toSorted((a, b) => b.hosts.length - a.hosts.length || (a.key < b.key ? -1 : 1))
}

/** What the names of hosts begin with, as a name for their group; null = nothing that says anything. */
export function commonPrefix(names: readonly string[]): string | null {
  const [first = '', ...others] = names
  let length = first.length
  for (const name of others) while (!name.startsWith(first.slice(0, length))) length--
  const prefix = first.slice(0, length).replace(/[\d._-]+$/, '')
  return prefix.length >= 2 ? prefix : null
}
