import type { BlockException, Control, DecisionScope } from '@/lib/pipeline/decision/block'
import type { ApprovedBlock, Mode, PlaceNames } from './approved-block'
import { stableId } from './stable-id'
import { fileNamePart, inertText } from './text/inert-text'

/** Hosts that a policy is given to: a scope without the hosts and groups that exceptions spare. */
export type Place = {
  scope: DecisionScope
  /** Ids, ascending. */
  withoutGroups: readonly number[]
  withoutHosts: readonly number[]
}

/**
 * What one policy of one control carries: all blocks for the same hosts in the same mode. Controls cannot lift a deny for some hosts, so hosts that
 * a decision spares get a policy without it: the decision stands in a deployment of its own.
 */
export type Deployment = {
  control: Control
  mode: Mode
  place: Place
  /** "Workstations without Kiosk", inert. */
  label: string
  /** Part of file names, unique among deployments. */
  slug: string
  /** Of control, hosts and mode, not of the blocks: a later version replaces an earlier one. */
  id: string
  /** By decision. */
  blocks: readonly ApprovedBlock[]
}

/** Blocks by the hosts that they hold for, in a stable order. `blocks` are those that the control carries. */
export function toDeployments(
  control: Control,
  blocks: readonly ApprovedBlock[],
  names: PlaceNames,
): Deployment[] {
  const byKey = new Map<string, ApprovedBlock[]>()
  for (const approved of blocks.toSorted((a, b) => a.decisionId - b.decisionId)) {
    const key = `${approved.mode} ${JSON.stringify(placeOf(approved))}`
    byKey.set(key, [...(byKey.get(key) ?? []), approved])
  }
  return [...byKey.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofPlace]) => toDeployment(control, ofPlace, names) ?? [])
}

function toDeployment(
  control: Control,
  blocks: readonly ApprovedBlock[],
  names: PlaceNames,
): Deployment | null {
  const [first] = blocks
  if (first === undefined) return null
  const place = placeOf(first)
  const { mode } = first
  const label = placeWords(place, names)
  const id = stableId('deployment', control, mode, JSON.stringify(place))
  return { control, mode, place, label, slug: `${fileNamePart(label)}-${id.slice(0, 4)}-${mode}`, id, blocks }
}

function placeOf({ block: { scope, exceptions } }: ApprovedBlock): Place {
  return {
    scope: scope.kind === 'fleet' ? scope : { kind: scope.kind, ids: ascending(scope.ids) },
    withoutGroups: ascending(exceptions.flatMap((one) => (one.kind === 'group' ? [one.id] : []))),
    withoutHosts: ascending(exceptions.flatMap((one) => (one.kind === 'host' ? [one.id] : []))),
  }
}

function ascending(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b)
}

/** The hosts in words. */
function placeWords({ scope, withoutGroups, withoutHosts }: Place, names: PlaceNames): string {
  const groups = (ids: readonly number[]) => ids.map((id) => names.groups.get(id) ?? `group ${id}`)
  const hosts = (ids: readonly number[]) => ids.map((id) => names.hosts.get(id) ?? `host ${id}`)
  const of =
    scope.kind === 'fleet' ? ['Fleet'] : scope.kind === 'groups' ? groups(scope.ids) : hosts(scope.ids)
  const without = [...groups(withoutGroups), ...hosts(withoutHosts)]
  return inertText(without.length === 0 ? of.join(', ') : `${of.join(', ')} without ${without.join(', ')}`)
}

/** Exceptions that say neither hosts nor groups: a control has to be able to say them itself. */
export function ownExceptions({ block }: ApprovedBlock): BlockException[] {
  return block.exceptions.filter(({ kind }) => kind !== 'group' && kind !== 'host')
}
