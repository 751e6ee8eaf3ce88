import type { NamedHost } from '@/lib/pipeline/decision/approved-block'
import type { BlockException, Control } from '@/lib/pipeline/decision/block'
import type { Mode, Place, PlacedBlock, PlaceNames } from './placed-block'
import { stableId } from './stable-id'
import { fileNamePart, inertText } from './text/inert-text'

/**
 * What one policy of one control carries: all blocks for the same hosts in the same mode. Controls cannot lift a deny for some hosts, so hosts that
 * a decision spares get a policy without it: the decision stands in a deployment of its own.
 */
export type Deployment = {
  control: Control
  mode: Mode
  /** "Workstations without Kiosk", inert. */
  label: string
  /** Part of file names, unique among deployments. */
  slug: string
  /** Of control, place and mode, not of the blocks: a later version replaces an earlier one. */
  id: string
  /** By decision. */
  blocks: readonly PlacedBlock[]
  /** To whom it is given today, by name. */
  hosts: readonly NamedHost[]
}

/** Blocks of one control by the hosts that they hold for, in a stable order. */
export function toDeployments(
  control: Control,
  blocks: readonly PlacedBlock[],
  names: PlaceNames,
): Deployment[] {
  const byKey = new Map<string, PlacedBlock[]>()
  for (const block of blocks.toSorted((a, b) => a.decisionId - b.decisionId)) {
    const key = `${block.mode} ${JSON.stringify(block.place)}`
    byKey.set(key, [...(byKey.get(key) ?? []), block])
  }
  return [...byKey.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofPlace]) => toDeployment(control, ofPlace, names) ?? [])
}

function toDeployment(
  control: Control,
  blocks: readonly PlacedBlock[],
  names: PlaceNames,
): Deployment | null {
  const [first] = blocks
  if (first === undefined) return null
  const { mode, place, ring } = first
  const label = inertText(placeWords(place, ring, names))
  const id = deploymentId(control, first)
  const hosts = new Map(blocks.flatMap((block) => block.hosts.map((host) => [host.id, host] as const)))
  return {
    control,
    mode,
    label,
    slug: `${fileNamePart(label)}-${id.slice(0, 4)}-${mode}`,
    id,
    blocks,
    hosts: [...hosts.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** The id of the policy that carries a block: of control, place and mode alone. */
export function deploymentId(control: Control, { mode, place }: Pick<PlacedBlock, 'mode' | 'place'>): string {
  return stableId('deployment', control, mode, JSON.stringify(place))
}

function placeWords(
  { scope, withoutGroups, withoutHosts }: Place,
  ring: string | null,
  names: PlaceNames,
): string {
  const groups = (ids: readonly number[]) => ids.map((id) => names.groups.get(id) ?? `group ${id}`)
  const hosts = (ids: readonly number[]) => ids.map((id) => names.hosts.get(id) ?? `host ${id}`)
  const of =
    scope.kind === 'fleet' ? ['Fleet'] : scope.kind === 'groups' ? groups(scope.ids) : hosts(scope.ids)
  const without = [...groups(withoutGroups), ...hosts(withoutHosts)]
  return [
    of.join(', '),
    ...(ring === null ? [] : [`(ring ${ring})`]),
    ...(without.length === 0 ? [] : [`without ${without.join(', ')}`]),
  ].join(' ')
}

/** Exceptions that say neither hosts nor groups: a control has to be able to say them itself. */
export function ownExceptions({ exceptions }: PlacedBlock): BlockException[] {
  return exceptions.filter(({ kind }) => kind !== 'group' && kind !== 'host')
}
