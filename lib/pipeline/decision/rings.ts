/** A ring is waiting for its turn, audited (nothing is blocked), enforced, or taken back. */
export const RING_STATES = ['waiting', 'audit', 'enforced', 'rolled-back'] as const
export type RingState = (typeof RING_STATES)[number]

export type RingMove = 'audit' | 'enforce' | 'roll-back'

/** Every legal move of a ring; what is not here cannot happen. */
const MOVES: Readonly<Record<RingState, Readonly<Partial<Record<RingMove, RingState>>>>> = {
  waiting: { audit: 'audit', enforce: 'enforced' },
  audit: { enforce: 'enforced', 'roll-back': 'rolled-back' },
  enforced: { 'roll-back': 'rolled-back' },
  'rolled-back': { audit: 'audit', enforce: 'enforced' },
}

/** The state a move leads to; null = not from here. */
export function findNextRingState(from: RingState, move: RingMove): RingState | null {
  return MOVES[from][move] ?? null
}

/** A rollout: ordered sets of host groups, the last one being everything else. Groups by id; none = everything in scope that no other ring takes. */
export type RingPlan = { name: string; groupIds: number[] }[]

/** All of the scope at once. */
export const ONE_RING: RingPlan = [{ name: 'Everything in scope', groupIds: [] }]

/** The last ring, where others come first. */
export const EVERYTHING_ELSE = 'Everything else'

/** Which ring each host is in, by the plan's order: the first ring that names its group, else the last. */
export function assignRings<Host extends { groupId: number | null }>(
  plan: readonly { groupIds: readonly number[] }[],
  hosts: readonly Host[],
): Host[][] {
  const rings: Host[][] = plan.map(() => [])
  for (const host of hosts) {
    const { groupId } = host
    const named = groupId === null ? -1 : plan.findIndex(({ groupIds }) => groupIds.includes(groupId))
    rings[named === -1 ? plan.length - 1 : named]?.push(host)
  }
  return rings
}
