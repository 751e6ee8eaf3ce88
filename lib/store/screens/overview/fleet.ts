import type { Scope } from '@/lib/pipeline/actor'
import type { DataWindow } from '../data-window'
import { type Remembered, remembered } from '../remembered'
import { type FleetCoverage, readFleetCoverage } from './coverage'
import { countDecisions, type DecisionCounts } from './decisions'
import { countDeviations, type DeviationCounts, readTrends, type Trends } from './deviations'

/** What counts less long is always counted. */
const SLOW_STANDING_MS = 75

/** What the hosts in sight reported and did in a window. */
export function loadActivity(
  scope: Scope,
  window: DataWindow,
): Promise<Remembered<{ coverage: FleetCoverage; trends: Trends }>> {
  return remembered('fleet', scope, window, async () => {
    const [coverage, trends] = await Promise.all([
      readFleetCoverage(scope, window),
      readTrends(scope, window),
    ])
    return { coverage, trends }
  })
}

/** How far decisions and deviations are. */
export function loadStanding(
  scope: Scope,
): Promise<Remembered<{ decisions: DecisionCounts; deviations: DeviationCounts }>> {
  const count = async () => {
    const [decisions, deviations] = await Promise.all([countDecisions(scope), countDeviations(scope)])
    return { decisions, deviations }
  }
  return remembered('standing', scope, null, count, { slowMs: SLOW_STANDING_MS, sees: 'changes' })
}
