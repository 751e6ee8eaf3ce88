import type { StoppedCount } from '@/components/decision/what-if-result'
import type { ReplayedBlock } from '@/lib/store/screens/what-if/load-what-if'

const OPEN_STATES = ['open', 'flagged']

/** Deviations that a block would have stopped, and those it would not. */
export function deviationCounts({ deviations }: ReplayedBlock): {
  malicious: StoppedCount
  open: StoppedCount
} {
  const sum = (states: readonly string[]) => {
    const counted = deviations.filter(({ state }) => states.includes(state))
    return {
      stopped: counted.reduce((total, { stopped }) => total + stopped, 0),
      missed: counted.reduce((total, { missed }) => total + missed, 0),
    }
  }
  return { malicious: sum(['malicious']), open: sum(OPEN_STATES) }
}
