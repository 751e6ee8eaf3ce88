import { formatNumber, formatShare } from '@/components/ui/numbers'
import { type Control, type Sensor, TELEMETRY_KINDS, type TelemetryKind } from '@/lib/pipeline/event/event'
import type { Arrivals } from '@/lib/store/screens/host/arrivals'
import type { CoverageDay, SensorCoverage } from '@/lib/store/screens/host/find-host'
import { CONTROL_LABELS } from '../../attempts/control-labels'
import { SENSOR_LABELS } from '../../executions/sensor-labels'

export const KIND_WORDS: Record<TelemetryKind, string> = {
  'process-creation': 'Process creations',
  'module-load': 'Module loads',
  'network-connection': 'Network connections',
  'dns-query': 'DNS queries',
  'process-end': 'Process ends',
  attempt: 'Attempts',
  'policy-state': 'Policy changes',
}

const SOURCE_WORDS: Record<Sensor | Control, string> = {
  ...SENSOR_LABELS,
  ...CONTROL_LABELS,
}

/** Kinds whose absence is worth a row; others are shown where they arrive. */
const EXPECTED: ReadonlySet<TelemetryKind> = new Set([
  'module-load',
  'network-connection',
  'dns-query',
  'attempt',
])
const DAY_MS = 86_400_000

/** One kind of event or field over the days of a period. */
export type CoverageRow = {
  label: string
  /** What it came from; '' = nothing came. */
  source: string
  /** By day: `few` = with less than half of the day's process creations. Days without are missing. */
  days: ReadonlyMap<string, { few: boolean; words: string }>
  /** Most days in a row without it, between its first and last. */
  longestGap: number
  lastDay: string | null
  /** The newest, µs; null where only its day is known. */
  lastAt: number | null
  note: string
}

/** What a host's sensors and controls sent, a row a kind; kinds that never came have a row without days. */
export function toCoverageRows(
  coverage: readonly SensorCoverage[],
  arrivals: Pick<Arrivals, 'kinds'>,
): CoverageRow[] {
  const known = new Map(arrivals.kinds.map((one) => [one.kind, one]))
  const shown = TELEMETRY_KINDS.filter((kind) => known.has(kind) || EXPECTED.has(kind))
  return [
    ...coverage.flatMap((one) => [creationsRow(one), commandLinesRow(one)]),
    ...shown.map((kind) => arrivalRow(known.get(kind) ?? { kind, sources: [], days: [] })),
  ]
}

function creationsRow({ sensor, days }: SensorCoverage): CoverageRow {
  const creations = sum(days, 'creations')
  return toRow({
    label: KIND_WORDS['process-creation'],
    source: SENSOR_LABELS[sensor],
    days: days.map((day) => ({
      day: day.day,
      few: false,
      words: `${formatNumber(day.creations)} process creations, ${shares(day, day.creations)}`,
    })),
    lastAt: days.at(-1)?.lastAt ?? null,
    note: `${formatNumber(creations)}: ${shares({ withParent: sum(days, 'withParent'), withHash: sum(days, 'withHash') }, creations)}`,
  })
}

function commandLinesRow({ sensor, days }: SensorCoverage): CoverageRow {
  const share = formatShare(sum(days, 'withCommandLine') / Math.max(1, sum(days, 'creations')))
  return toRow({
    label: 'Command lines',
    source: SENSOR_LABELS[sensor],
    days: days.flatMap(({ day, creations, withCommandLine }) =>
      withCommandLine === 0
        ? []
        : {
            day,
            few: withCommandLine * 2 < creations,
            words: `with ${formatShare(withCommandLine / Math.max(1, creations))} of process creations`,
          },
    ),
    lastAt: null,
    note: `with ${share} of them`,
  })
}

function arrivalRow({ kind, sources, days }: Arrivals['kinds'][number]): CoverageRow {
  return toRow({
    label: KIND_WORDS[kind],
    source: sources.map((source) => SOURCE_WORDS[source]).join(', '),
    days: days.map(({ day, hours }) => ({
      day,
      few: false,
      words: `in ${formatNumber(bitsOf(hours))} of 24 hours`,
    })),
    lastAt: days.at(-1)?.lastAt ?? null,
    note: kind === 'attempt' || kind === 'policy-state' ? 'only when a control has something to say' : '',
  })
}

type Parts = Pick<CoverageRow, 'label' | 'source' | 'lastAt' | 'note'> & {
  days: { day: string; few: boolean; words: string }[]
}

function toRow({ days, ...rest }: Parts): CoverageRow {
  const times = days.map(({ day }) => Date.parse(day) / DAY_MS)
  return {
    ...rest,
    days: new Map(days.map(({ day, few, words }) => [day, { few, words }])),
    longestGap: times.reduce((most, time, index) => Math.max(most, time - (times[index - 1] ?? time) - 1), 0),
    lastDay: days.at(-1)?.day ?? null,
  }
}

function sum(days: readonly CoverageDay[], field: Exclude<keyof CoverageDay, 'day' | 'lastAt'>): number {
  return days.reduce((total, day) => total + day[field], 0)
}

function shares({ withParent, withHash }: { withParent: number; withHash: number }, creations: number) {
  const share = (count: number) => formatShare(count / Math.max(1, creations))
  return `parents ${share(withParent)}, hashes ${share(withHash)}`
}

function bitsOf(hours: number): number {
  return Array.from({ length: 24 }, (_, hour) => (hours >> hour) & 1).filter((bit) => bit === 1).length
}
