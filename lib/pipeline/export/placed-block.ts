import { shippedNames } from '@/lib/pipeline/catalogue/match'
import type { ApprovedBlock, BlockedEntry, NamedHost } from '@/lib/pipeline/decision/approved-block'
import type { BlockException, DecisionScope } from '@/lib/pipeline/decision/block'
import { normalScope } from '@/lib/pipeline/decision/scope'

/** What a control is to do on the hosts that it is given to: write down what it would block, or block it. */
export type Mode = 'audit' | 'enforce'

/** Hosts that a policy is given to, as people assign them: a scope, one ring of it, without what exceptions spare. Ids ascending. */
export type Place = {
  scope: DecisionScope
  /** Only hosts of these groups; empty = of any. */
  inGroups: readonly number[]
  /** Hosts that another ring or an exception takes out. */
  withoutGroups: readonly number[]
  withoutHosts: readonly number[]
}

/** A decision on one ring: audited or enforced there. */
export type PlacedBlock = Omit<ApprovedBlock, 'rings' | 'hosts' | 'sparedHosts'> & {
  mode: Mode
  place: Place
  /** Of its ring. */
  position: number
  /** null = the rollout has one ring. */
  ring: string | null
  hosts: readonly NamedHost[]
}

/** What people call groups and hosts, by id. */
export type PlaceNames = {
  groups: ReadonlyMap<number, string>
  hosts: ReadonlyMap<number, string>
}

/** Everything that is exported, in any order. */
export type DecisionSet = { blocks: readonly ApprovedBlock[]; names: PlaceNames }

/** A decision on each of its rings that is audited or enforced; rings that wait or were taken back are not written. */
export function placeBlock(approved: ApprovedBlock): PlacedBlock[] {
  const { rings, hosts: _hosts, sparedHosts: _spared, ...decision } = approved
  return rings.flatMap(({ state, position, name, hosts }, at) => {
    if (state !== 'audit' && state !== 'enforced') return []
    const mode: Mode = state === 'audit' ? 'audit' : 'enforce'
    const ring = rings.length > 1 ? name : null
    return { ...decision, mode, place: placeOf(approved, at), position, ring, hosts }
  })
}

function placeOf({ scope, exceptions, rings }: ApprovedBlock, at: number): Place {
  const earlier = new Set(rings.slice(0, at).flatMap(({ groupIds }) => groupIds))
  const own = rings[at]?.groupIds ?? []
  const spared = exceptions.flatMap((one) => (one.kind === 'group' ? [one.id] : []))
  return {
    scope: normalScope(scope),
    inGroups: ascending(own.filter((id) => !earlier.has(id))),
    // the last ring names no groups: it takes what the others leave
    withoutGroups: ascending(own.length === 0 ? [...spared, ...earlier] : spared),
    withoutHosts: ascending(exceptions.flatMap((one) => (one.kind === 'host' ? [one.id] : []))),
  }
}

function ascending(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b)
}

/** Names that the binary's own builds go by, lower-case, the entry's first. */
export function imageNames({ slug }: BlockedEntry): readonly string[] {
  return [slug, ...shippedNames(slug)]
}

/** What its version resource may say; the files' own names where the catalogue knows no other. */
export function originalNames(entry: BlockedEntry): readonly string[] {
  const known = entry.originalFileNames.length > 0 ? entry.originalFileNames : imageNames(entry)
  return [...new Set(known)].sort()
}

/**
 * How an agent tells that it runs, each of several ways: a library by the file that is loaded, a script by what its host's command line names, anything
 * else by the process's image.
 */
export function entryConditions(entry: BlockedEntry): Readonly<Record<string, readonly string[]>> {
  if (entry.kind === 'script') return { commandLineContains: imageNames(entry) }
  const [file, original] = [imageNames(entry), originalNames(entry)]
  return entry.kind === 'library'
    ? { loadedFileName: file, loadedOriginalFileName: original }
    : { imageFileName: file, originalFileName: original }
}

/** An exception in words: what it spares. */
export function exceptionWords(exception: BlockException, names: PlaceNames): string {
  switch (exception.kind) {
    case 'parent':
      return `starts by ${exception.value}`
    case 'pattern':
      return `the use "${exception.value}"`
    case 'user':
      return `the user ${exception.value}`
    case 'group':
      return `the hosts of ${names.groups.get(exception.id) ?? `group ${exception.id}`}`
    case 'host':
      return `the host ${names.hosts.get(exception.id) ?? exception.id}`
  }
}
