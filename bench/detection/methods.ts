import { type FoldOptions, foldFleet } from '@/lib/pipeline/deviation/fold-fleet'
import type { ScoredRow } from '@/lib/pipeline/deviation/score-host-day'
import { DEFAULT_SETTINGS } from '@/lib/pipeline/deviation/score-signature'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import type { LabelledExecution } from './assess'
import type { Execution, Fleet } from './processes'

/** A way to score executions: integers, higher is more suspicious. Methods that only say yes or no give 1 and 0. */
export type Method = {
  name: string
  /** Its own threshold, in its scores' unit; null = none of its own. */
  threshold: number | null
  scores: (fleet: Fleet<unknown>, executions: readonly LabelledExecution[]) => number[]
}

const rowKey = (host: string, day: number, signatureId: string, principalId: string) =>
  `${host}\n${day}\n${signatureId}\n${principalId}`

export type EngineRows = ReadonlyMap<string, ScoredRow>

/** What the engine makes of a fleet, to be asked with `rowOf`. */
export function engineRows({ days }: Pick<Fleet<unknown>, 'days'>, options: FoldOptions): EngineRows {
  const rows = new Map<string, ScoredRow>()
  for (const { day, host, result } of foldFleet(days, options))
    for (const row of result.rows) rows.set(rowKey(host, day, row.signatureId, row.principalId), row)
  return rows
}

/** An execution's row: that of its host, day, signature and principal. */
export function rowOf(
  rows: EngineRows,
  { host, day, signature, principalId }: Execution<unknown>,
): ScoredRow | undefined {
  return rows.get(rowKey(host, day, signature.id, principalId))
}

/** The engine's scores: each execution has its row's. */
export function engineScores(
  fleet: Pick<Fleet<unknown>, 'days'>,
  executions: readonly Execution<unknown>[],
  options: FoldOptions,
): number[] {
  const rows = engineRows(fleet, options)
  return executions.map((execution) => rowOf(rows, execution)?.scoreMillibits ?? 0)
}

function engine(name: string, options: FoldOptions, threshold: number | null = null): Method {
  return { name, threshold, scores: (fleet, executions) => engineScores(fleet, executions, options) }
}

/** Whether a value was not seen on its host on any earlier day: repeats of its first day count as first seen too, as for the engine. */
function firstSeen(name: string, featureOf: (execution: Execution<unknown>) => string | null): Method {
  return {
    name,
    threshold: 1,
    scores: (_, executions) => {
      const firstDay = new Map<string, number>()
      for (const execution of executions) {
        const key = `${execution.host}\n${featureOf(execution)}`
        firstDay.set(key, Math.min(firstDay.get(key) ?? execution.day, execution.day))
      }
      return executions.map((execution) => {
        const value = featureOf(execution)
        return value !== null && firstDay.get(`${execution.host}\n${value}`) === execution.day ? 1 : 0
      })
    },
  }
}

export const PRODUCT = engine('Cordon', {}, DEVIATION_FLOOR_MILLIBITS)

export const ABLATIONS: readonly Method[] = [
  engine('risk alone', { settings: { ...DEFAULT_SETTINGS, noveltyShare: 0 } }, DEVIATION_FLOOR_MILLIBITS),
  engine('novelty alone', { settings: { ...DEFAULT_SETTINGS, riskShare: 0 } }, DEVIATION_FLOOR_MILLIBITS),
  engine('host alone', { without: ['group', 'fleet'] }, DEVIATION_FLOOR_MILLIBITS),
  engine('fleet alone', { without: ['host', 'group'] }, DEVIATION_FLOOR_MILLIBITS),
]

export const BASELINES: readonly Method[] = [
  firstSeen('first-seen parent-child pair per host', ({ parentImage, signature }) =>
    parentImage === null ? null : `${fileName(parentImage)} > ${signature.slug}`,
  ),
  firstSeen('first-seen command line per host', ({ commandLine }) => commandLine?.toLowerCase() ?? null),
]

/** Sigma hits as truth recorded them, medium and up; only for logs whose truth names any. */
export const SIGMA: Method = {
  name: 'Sigma rules recorded in truth, medium and up',
  threshold: 1,
  scores: (_, executions) => executions.map(({ truths }) => (truths.some(({ sigma }) => sigma) ? 1 : 0)),
}
