import type { Effect, Outcome, Unaffected } from './what-if'
import { soleBit } from './what-if'

/** Rows of use that are alike in all that the replayed plans ask. */
export type Cell = {
  /** Exceptions that match. */
  bits: number
  /** Bit r: plan r's control stops it, or cannot be told to. */
  stopped: number
  unknown: number
  /** What the first plan does; refused: nothing, it cannot be carried out. */
  effect: Effect | 'refused'
  executions: number
  workingHours: number
}

/** How many hosts, or people, have use in exactly these cells; by the cells' places. */
export type Profile = { cells: readonly number[]; count: number }

export type Replay = { cells: readonly Cell[]; hosts: readonly Profile[]; people: readonly Profile[] }

export type Interruption = {
  executions: number
  hosts: number
  people: number
  /** Hours within working time, counted for each host, kind of use and person. */
  workingHours: number
}

/** What removing an exception would interrupt beyond what is interrupted anyway. */
export type MarginalEffect = { bit: number; executions: number; hosts: number }

export type PlanReplay = {
  interrupted: Interruption
  /** Of the interrupted: executions that an exception names and the control cannot spare. */
  collateral: number
  spared: number
  unaffected: number
  unknown: number
  marginal: readonly MarginalEffect[]
}

type OutcomeOf = (cell: Cell) => Exclude<Outcome, 'outside'>

/** What plan `index` does to the cells; `expressible`: its exceptions that count. */
export function foldReplay({ cells, hosts, people }: Replay, index: number, expressible: number): PlanReplay {
  const outcomeOf: OutcomeOf = ({ bits, stopped, unknown }) => {
    if (((stopped >> index) & 1) === 0) return ((unknown >> index) & 1) === 1 ? 'unknown' : 'unaffected'
    if ((bits & expressible) !== 0) return 'spared'
    return bits === 0 ? 'blocked' : 'collateral'
  }
  const outcomes = cells.map(outcomeOf)
  const isInterrupted = (at: number) => outcomes[at] === 'blocked' || outcomes[at] === 'collateral'
  const executionsOf = (...wanted: Outcome[]) =>
    cells.reduce(
      (sum, { executions }, at) => (wanted.includes(outcomes[at] ?? 'outside') ? sum + executions : sum),
      0,
    )
  const touched = (profiles: readonly Profile[]) =>
    profiles.reduce((sum, profile) => (profile.cells.some(isInterrupted) ? sum + profile.count : sum), 0)
  const soleOf = (at: number) =>
    outcomes[at] === 'spared' ? soleBit((cells[at]?.bits ?? 0) & expressible) : null
  return {
    interrupted: {
      executions: executionsOf('blocked', 'collateral'),
      hosts: touched(hosts),
      people: touched(people),
      workingHours: cells.reduce((sum, cell, at) => (isInterrupted(at) ? sum + cell.workingHours : sum), 0),
    },
    collateral: executionsOf('collateral'),
    spared: executionsOf('spared'),
    unaffected: executionsOf('unaffected'),
    unknown: executionsOf('unknown'),
    marginal: marginalEffects(cells, hosts, isInterrupted, soleOf),
  }
}

function marginalEffects(
  cells: readonly Cell[],
  hosts: readonly Profile[],
  isInterrupted: (at: number) => boolean,
  soleOf: (at: number) => number | null,
): MarginalEffect[] {
  const effects = new Map<number, MarginalEffect>()
  const effectOf = (bit: number) => {
    const effect = effects.get(bit) ?? { bit, executions: 0, hosts: 0 }
    effects.set(bit, effect)
    return effect
  }
  cells.forEach(({ executions }, at) => {
    const bit = soleOf(at)
    if (bit !== null) effectOf(bit).executions += executions
  })
  for (const { cells: own, count } of hosts) {
    if (own.some(isInterrupted)) continue
    for (const bit of new Set(own.map(soleOf))) if (bit !== null) effectOf(bit).hosts += count
  }
  return [...effects.values()].sort((a, b) => a.bit - b.bit)
}

/** Executions that the first plan's control leaves alone or cannot be told of, by why, the most first. */
export type LeftAlone = { effect: Unaffected | 'unknown'; executions: number; hosts: number }[]

export function foldLeftAlone({ cells, hosts }: Replay): LeftAlone {
  const effects = new Set(cells.map(({ effect }) => effect))
  return [...effects]
    .flatMap((effect) => {
      if (effect === 'stopped' || effect === 'refused') return []
      const has = (at: number) => cells[at]?.effect === effect
      return {
        effect,
        executions: cells.reduce((sum, { executions }, at) => (has(at) ? sum + executions : sum), 0),
        hosts: hosts.reduce((sum, profile) => (profile.cells.some(has) ? sum + profile.count : sum), 0),
      }
    })
    .sort((a, b) => b.executions - a.executions)
}
