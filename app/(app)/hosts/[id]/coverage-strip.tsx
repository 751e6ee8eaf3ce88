import { shiftWords } from '@/components/baseline/clock-shift'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { Arrivals } from '@/lib/store/screens/host/arrivals'
import type { SensorCoverage } from '@/lib/store/screens/host/find-host'
import { type CoverageRow, toCoverageRows } from './coverage-rows'

type CoverageStripProps = {
  coverage: readonly SensorCoverage[]
  arrivals: Arrivals
  /** Every day of the period, oldest first. */
  days: readonly string[]
  /** The same page over all days. */
  everHref: string
}

const WIDTH = 8
const HEIGHT = 16
const CELL = 'px-2 py-1 align-top max-md:block max-md:w-full max-md:py-0 md:border-b'
const HEAD = 'border-b px-2 py-1 text-left font-normal text-muted'

/** A row a kind of event, a bar a day: full height = it came; lower = with few of the creations; a line = it did not. */
export function CoverageStrip({ coverage, arrivals, days, everHref }: CoverageStripProps) {
  if (coverage.length === 0 && arrivals.kinds.length === 0)
    return (
      <p className="text-muted">
        It reported nothing in this period.{' '}
        <Link href={everHref} className="link underline">
          Look at all that is stored
        </Link>
      </p>
    )
  return (
    <div className="space-y-2">
      <table aria-label="Coverage" className="w-full border-separate border-spacing-0">
        <thead className="max-md:hidden">
          <tr>
            <th className={HEAD}>Kind</th>
            <th className={HEAD}>From</th>
            <th className={`${HEAD} w-1/4 lg:w-1/3`}>
              <span className="flex justify-between gap-2 whitespace-nowrap">
                <span>{days[0]}</span>
                <span>{days.at(-1)}</span>
              </span>
            </th>
            <th className={HEAD}>Days</th>
            <th className={HEAD}>Last</th>
          </tr>
        </thead>
        <tbody>
          {toCoverageRows(coverage, arrivals).map((row) => (
            <Row key={`${row.label} ${row.source}`} row={row} days={days} />
          ))}
        </tbody>
      </table>
      <p className="text-muted text-small">
        Tall: it came that day; low: with less than half of the process creations; a line: it did not come.
        Hover for the numbers.
      </p>
      {arrivals.shift !== null && <p className="text-small">{shiftWords(arrivals.shift)}</p>}
    </div>
  )
}

function Row({ row, days }: { row: CoverageRow; days: readonly string[] }) {
  const { label, source, lastAt, lastDay, note } = row
  return (
    <tr className="max-md:block max-md:border-b max-md:py-1.5">
      <th scope="row" className={`${CELL} whitespace-nowrap text-left font-medium`}>
        {label}
      </th>
      <td className={`${CELL} text-muted`}>{source}</td>
      <td className={CELL}>
        <Strip row={row} days={days} />
      </td>
      <td className={`${CELL} md:min-w-48`}>
        {daysWords(row, days.length)}
        {note !== '' && <div className="text-muted">{note}</div>}
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        {lastAt === null ? (lastDay ?? '') : <RelativeTime at={lastAt} />}
      </td>
    </tr>
  )
}

/** The row's other cells say the same in words. */
function Strip({ row, days }: { row: CoverageRow; days: readonly string[] }) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${days.length * WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-4 w-full"
    >
      {days.map((day, index) => {
        const known = row.days.get(day)
        const tall = known === undefined ? 2 : known.few ? HEIGHT / 2 : HEIGHT
        return (
          <rect
            key={day}
            x={index * WIDTH}
            y={HEIGHT - tall}
            width={WIDTH - 1}
            height={tall}
            fill={known === undefined ? 'var(--line)' : 'var(--series-1)'}
          >
            <title>{`${day}: ${known?.words ?? 'none'}`}</title>
          </rect>
        )
      })}
    </svg>
  )
}

function daysWords({ days, longestGap }: CoverageRow, all: number): string {
  if (days.size === 0) return 'none in this period'
  const gap = longestGap === 0 ? 'none missing in between' : `longest gap ${countOf(longestGap, 'day')}`
  const share = `${formatNumber(days.size)} of ${countOf(all, 'day')}`
  // one day, and every day, have nothing in between to speak of
  return longestGap === 0 && (days.size === 1 || days.size === all) ? share : `${share}, ${gap}`
}
