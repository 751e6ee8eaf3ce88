import type { Scope } from '@/lib/pipeline/actor'
import type { DataWindow } from '../data-window'
import { type Remembered, remembered } from '../remembered'
import { type FleetCoverage, readFleetCoverage } from './coverage'
import { readTrends, type Trends } from './deviations'

/** What the hosts in sight reported and did in a window. */
export function loadFleet(
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
