/** What a host reported over a window, folded over its days and sensors. Days since 1970. */
export type HostCoverage = {
  /** First and last day with any process creation; null = nothing in the window. */
  firstDay: number | null
  lastDay: number | null
  /** Days between two consecutive reporting days, at most; 1 = every day. */
  longestStepDays: number
  creations: number
  withCommandLine: number
  withParent: number
}

/** What can be said of a host on which something was not seen. */
export type CoverageClass =
  /** Reported from the window's start to its end, with command lines and parents. */
  | 'full'
  /** Reported only in part of the window. */
  | 'partial'
  /** Reports processes, but not what they were started with. */
  | 'no-command-lines'
  /** Reported nothing in the window. */
  | 'silent'

export const COVERAGE_CLASSES = [
  'full',
  'partial',
  'no-command-lines',
  'silent',
] as const satisfies CoverageClass[]

/** Days without any report that a machine may be switched off: two weekends and the week between. */
export const LONGEST_GAP_DAYS = 9

/** Share of process creations that carry a field where a source reports it at all: the kernel's own have none. */
export const REPORTING_SHARE = 0.5

/** Whether something unseen on a host can be taken to be absent from it, over a window of days (both included). */
export function classifyCoverage(host: HostCoverage, fromDay: number, toDay: number): CoverageClass {
  const { firstDay, lastDay, creations } = host
  if (firstDay === null || lastDay === null || creations === 0) return 'silent'
  if (host.withCommandLine < creations * REPORTING_SHARE) return 'no-command-lines'
  const whole =
    firstDay - fromDay < LONGEST_GAP_DAYS &&
    toDay - lastDay < LONGEST_GAP_DAYS &&
    host.longestStepDays <= LONGEST_GAP_DAYS &&
    host.withParent >= creations * REPORTING_SHARE
  return whole ? 'full' : 'partial'
}

export type CoverageCounts = Readonly<Record<CoverageClass, number>>

/** Hosts on which something was not seen and that report too little to take it to be absent. */
export function blindIn(counts: CoverageCounts): number {
  return counts.partial + counts['no-command-lines'] + counts.silent
}

/** Hosts of each class. */
export function countCoverage(classes: Iterable<CoverageClass>): CoverageCounts {
  const counts = { full: 0, partial: 0, 'no-command-lines': 0, silent: 0 }
  for (const one of classes) counts[one]++
  return counts
}
