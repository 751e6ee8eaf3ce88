import { calibrate } from '@/lib/pipeline/deviation/calibration'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import type { FleetOptions, SimulatedRecord } from '@/prisma/seed/fleet/simulated-record'
import { print } from '../measuring/print'
import { assess, itemKey, type LabelledExecution } from './assess'
import type { Evaluation } from './evaluation'
import { falseAt, recallAt, recallWithin } from './measures'
import { PRODUCT } from './methods'
import { share } from './report'
import { simulate } from './simulated'

type Scenario = { name: string; change: Partial<FleetOptions> }

const SCENARIOS: readonly Scenario[] = [
  { name: 'as it comes', change: {} },
  { name: 'intruders active from the first day, for the whole window', change: { poisoned: true } },
  { name: 'bursts: lateral movement to 20 hosts in an hour', change: { lateralVictims: 20 } },
  {
    name: '4688 in the first half, Sysmon in the second, on every host',
    change: { coverage: 'security-then-sysmon' },
  },
  { name: 'Security log alone on every host', change: { coverage: 'security' } },
]

const SEEDS = [11, 12, 13] as const
const FLOOR = DEVIATION_FLOOR_MILLIBITS

/** How the scores hold where learning goes wrong, over several seeds: one line each, means and ranges. */
export function printScenarios(options: FleetOptions): void {
  print(
    '\n| scenario | recall at 4 bits | of quiet ones | malicious items shown | distinct false a host-day | recall at ≤ 0.05 |',
  )
  print('|---|---|---|---|---|---|')
  for (const { name, change } of SCENARIOS) {
    const runs = SEEDS.map((seed) => measure(simulate({ ...options, ...change, seed })))
    const column = (read: (run: Measured) => number) => span(runs.map(read))
    print(
      `| ${name} | ${column(({ recall }) => recall)} | ${column(({ quiet }) => quiet)} | ${column(({ items }) => items)} | ` +
        `${column(({ rate }) => rate)} | ${column(({ within }) => within)} |`,
    )
  }
}

type Measured = { recall: number; quiet: number; items: number; rate: number; within: number }

function measure({ fleet, executions, missing }: Evaluation): Measured {
  const found = assess(executions, PRODUCT.scores(fleet, executions), missing)
  return {
    recall: recallAt(found.attacks, FLOOR),
    quiet: recallAt(
      found.attacks.filter(({ truth }) => truth.quiet),
      FLOOR,
    ),
    items: falseAt(found.malicious, FLOOR) / found.malicious.length,
    rate: falseAt(found.benign, FLOOR) / found.units.length,
    within: recallWithin(found, 0.05).recall,
  }
}

function span(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return `${share(mean)} (${share(Math.min(...values))}–${share(Math.max(...values))})`
}

/** Files that arrive late and out of order must change nothing: scores are a function of the set of records. */
export function printOrder(options: FleetOptions): void {
  const small = { ...options, hosts: 12, days: 20 }
  const scoresOf = (arrange?: (records: SimulatedRecord[]) => SimulatedRecord[]) => {
    const { fleet, executions } = simulate(small, arrange)
    const scores = PRODUCT.scores(fleet, executions)
    return executions
      .map((execution, at) => `${itemKey(execution)} ${execution.atUs} ${scores[at]}`)
      .sort()
      .join('\n')
  }
  const inOrder = scoresOf()
  // newest first, and the middle third of the files last of all
  const late = scoresOf((records) => {
    const third = Math.floor(records.length / 3)
    return [
      ...records.slice(2 * third),
      ...records.slice(0, third),
      ...records.slice(third, 2 * third),
    ].reverse()
  })
  print(`\nLate and out-of-order files give the same scores: ${inOrder === late ? 'yes' : 'NO'}`)
}

const LEARNT = [14, 28] as const

/** Budget asked against budget realised: a threshold from quiet days 14–27 of a benign fleet, counted on the days after. */
export function printBudgets(options: FleetOptions): void {
  print('\n| new items a day asked | threshold, bits | expected | realised on the days after |')
  print('|---|---|---|---|')
  const { fleet, executions } = simulate({ ...options, attacks: false, seed: 21 })
  const scores = PRODUCT.scores(fleet, executions)
  const items = dailyItems(executions, scores)
  const first = Math.min(...items.map(({ day }) => day))
  const last = Math.max(...items.map(({ day }) => day))
  const quietDays = new Set(days(first + LEARNT[0], first + LEARNT[1]))
  const after = new Set(days(first + LEARNT[1], last + 1))
  for (const itemsPerDay of [0.5, 1, 2, 5]) {
    const learnt = items.filter(({ day }) => day < first + LEARNT[1])
    const asked = calibrate({
      items: learnt,
      quietDays,
      itemsPerDay,
      thresholdMillibits: Number.MAX_SAFE_INTEGER,
    })
    const realised = calibrate({
      items,
      quietDays: after,
      itemsPerDay: 0,
      thresholdMillibits: asked.thresholdMillibits,
    })
    print(
      `| ${itemsPerDay} | ${(asked.thresholdMillibits / 1000).toFixed(2)} | ${share(asked.expectedPerDay)} | ${share(realised.expectedPerDay)} |`,
    )
  }
}

function days(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index)
}

function dailyItems(executions: readonly LabelledExecution[], scores: readonly number[]) {
  const best = new Map<string, { day: number; item: string; scoreMillibits: number }>()
  for (const [index, { day, signature }] of executions.entries()) {
    const item = `${signature.slug} ${signature.pattern}`
    const key = `${day} ${item}`
    const scoreMillibits = Math.max(best.get(key)?.scoreMillibits ?? 0, scores[index] ?? 0)
    best.set(key, { day, item, scoreMillibits })
  }
  return [...best.values()]
}
