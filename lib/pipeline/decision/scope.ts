import { canonicalJson } from './audit-content'
import type { BlockException, DecisionScope } from './block'
import { counted } from './counted'

/** A host with the group that it belongs to; null = none. */
export type Placed = { hostId: number; groupId: number | null }

/** Whether a host is where a scope holds. */
export function takesIn(scope: DecisionScope, { hostId, groupId }: Placed): boolean {
  switch (scope.kind) {
    case 'fleet':
      return true
    case 'groups':
      return groupId !== null && scope.ids.includes(groupId)
    case 'hosts':
      return scope.ids.includes(hostId)
  }
}

/** Whether every host of one scope is in another, whoever belongs to its groups. */
export function covers(wide: DecisionScope, narrow: DecisionScope): boolean {
  if (wide.kind === 'fleet') return true
  return wide.kind === narrow.kind && narrow.ids.every((id) => wide.ids.includes(id))
}

/** The same by the groups that `hosts` are in now: some of a group's hosts are in it. */
export function coversToday(wide: DecisionScope, narrow: DecisionScope, hosts: readonly Placed[]): boolean {
  if (wide.kind !== 'groups' || narrow.kind !== 'hosts') return covers(wide, narrow)
  const inside = new Set(hosts.filter((host) => takesIn(wide, host)).map(({ hostId }) => hostId))
  return narrow.ids.every((id) => inside.has(id))
}

/** Whether two scopes may speak of the same host: a group and a host always may, whoever belongs to it. */
export function overlap(a: DecisionScope, b: DecisionScope): boolean {
  if (a.kind === 'fleet' || b.kind === 'fleet' || a.kind !== b.kind) return true
  return a.ids.some((id) => b.ids.includes(id))
}

/** By id, the host that a host is now: itself, or the one that it was merged into. */
export type HostNow = (id: number) => number

/** What a scope means now: what was said of a merged host is said of the one that it was merged into. */
export function scopeNow(scope: DecisionScope, hostNow: HostNow): DecisionScope {
  return scope.kind === 'hosts' ? { kind: 'hosts', ids: scope.ids.map(hostNow) } : scope
}

/** The same of what a block spares. */
export function exceptionsNow(exceptions: readonly BlockException[], hostNow: HostNow): BlockException[] {
  return exceptions.map((one) => (one.kind === 'host' ? { ...one, id: hostNow(one.id) } : one))
}

/** The same scope written in one way: ids once and in order. */
export function normalScope(scope: DecisionScope): DecisionScope {
  if (scope.kind === 'fleet') return scope
  return { kind: scope.kind, ids: [...new Set(scope.ids)].sort((a, b) => a - b) }
}

/** Whether two scopes say the same. */
export function sameScope(a: DecisionScope, b: DecisionScope): boolean {
  return canonicalJson(normalScope(a)) === canonicalJson(normalScope(b))
}

/** 'the whole fleet', '2 host groups', '1 host': for who need not know which. */
export function placesWords(scope: DecisionScope): string {
  if (scope.kind === 'fleet') return 'the whole fleet'
  return counted(scope.ids.length, scope.kind === 'groups' ? 'host group' : 'host')
}
