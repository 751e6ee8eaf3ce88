import { formatNumber, formatShare } from '@/components/ui/numbers'
import type { CoverageDay, SensorCoverage } from '@/lib/store/screens/host/find-host'

type CoverageStripProps = {
  coverage: readonly SensorCoverage[]
  /** Every day of the period, oldest first. */
  days: readonly string[]
}

const WIDTH = 8
const HEIGHT = 16

/** A bar a day and sensor: full height = command lines, parents and hashes; lower for what is missing; none = silent. */
export function CoverageStrip({ coverage, days }: CoverageStripProps) {
  if (coverage.length === 0) return <p className="text-muted">It reported nothing in this period.</p>
  return (
    <div className="space-y-2 overflow-x-auto">
      {coverage.map((one) => (
        <div key={one.sensor}>
          <div className="flex items-baseline gap-3">
            <span className="w-16 shrink-0 font-medium">{one.sensor}</span>
            <span className="text-muted">{summary(one, days.length)}</span>
          </div>
          <Strip coverage={one} days={days} />
        </div>
      ))}
      <p
        className="flex justify-between text-muted text-small"
        style={{ width: days.length * WIDTH, minWidth: 160 }}
      >
        <span>{days[0]}</span>
        <span>{days.at(-1)}</span>
      </p>
      <p className="text-muted text-small">
        Tall: with command lines; low: without; empty: silent. Hover for the numbers.
      </p>
    </div>
  )
}

function Strip({ coverage, days }: { coverage: SensorCoverage; days: readonly string[] }) {
  const byDay = new Map(coverage.days.map((day) => [day.day, day]))
  return (
    <svg
      role="img"
      aria-label={`${coverage.sensor}: ${summary(coverage, days.length)}`}
      width={days.length * WIDTH}
      height={HEIGHT}
      className="block"
    >
      {days.map((day, index) => {
        const known = byDay.get(day)
        const tall = known === undefined ? 2 : sendsMost(known.withCommandLine, known) ? HEIGHT : HEIGHT / 2
        return (
          <rect
            key={day}
            x={index * WIDTH}
            y={HEIGHT - tall}
            width={WIDTH - 1}
            height={tall}
            fill={known === undefined ? 'var(--line)' : 'var(--series-1)'}
          >
            <title>{known === undefined ? `${day}: silent` : dayWords(known)}</title>
          </rect>
        )
      })}
    </svg>
  )
}

function summary({ days }: SensorCoverage, all: number): string {
  const sum = days.reduce(
    (total, day) => ({
      day: '',
      creations: total.creations + day.creations,
      withCommandLine: total.withCommandLine + day.withCommandLine,
      withParent: total.withParent + day.withParent,
      withHash: total.withHash + day.withHash,
    }),
    { day: '', creations: 0, withCommandLine: 0, withParent: 0, withHash: 0 },
  )
  return `${formatNumber(days.length)} of ${formatNumber(all)} days, ${formatNumber(sum.creations)} process creations: ${shares(sum)}`
}

function dayWords(day: CoverageDay): string {
  return `${day.day}: ${formatNumber(day.creations)} process creations, ${shares(day)}`
}

function shares(day: CoverageDay): string {
  const share = (count: number) => formatShare(count / Math.max(1, day.creations))
  return `command lines ${share(day.withCommandLine)}, parents ${share(day.withParent)}, hashes ${share(day.withHash)}`
}

function sendsMost(count: number, { creations }: CoverageDay): boolean {
  return count * 2 >= creations
}
