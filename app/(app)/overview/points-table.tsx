import { clsx } from 'clsx'
import { CircleCheck, CircleDashed, CircleDotDashed, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import type { Point, PointState } from './points'

const LOOKS: Record<PointState, { label: string; tone: Tone; icon: LucideIcon }> = {
  done: { label: 'Done', tone: 'good', icon: CircleCheck },
  partly: { label: 'Partly', tone: 'warn', icon: CircleDotDashed },
  open: { label: 'Not yet', tone: 'neutral', icon: CircleDashed },
}

const CELL = 'px-3 py-1.5 align-top md:border-b group-last:border-b-0 max-md:py-0.5'

/** Each point of the countermeasure, its state, and the number behind it. */
export function PointsTable({ points }: { points: readonly Point[] }) {
  return (
    <div className="overflow-x-auto rounded border">
      <table aria-label="Where CM0091 stands" className="w-full border-separate border-spacing-0">
        <tbody>
          {points.map((point, index) => (
            <tr
              key={point.ask}
              className="group hover:bg-hover max-md:grid max-md:grid-cols-[1fr_auto] max-md:border-b max-md:py-1 max-md:last:border-b-0"
            >
              <td className={clsx(CELL, 'w-20 text-muted max-md:col-span-2 max-md:empty:hidden')}>
                {points[index - 1]?.part === point.part ? '' : point.part}
              </td>
              <th scope="row" className={clsx(CELL, 'text-left font-medium md:min-w-52')}>
                {point.ask}
              </th>
              <td className={clsx(CELL, 'md:w-24')}>
                <StateOf state={point.state} />
              </td>
              <td className={clsx(CELL, 'text-muted max-md:col-span-2 md:min-w-52')}>
                <Link
                  href={point.href}
                  className="underline decoration-line-strong underline-offset-2 hover:text-ink hover:decoration-ink"
                >
                  {point.evidence}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function StateOf({ state }: { state: PointState }) {
  const { label, tone, icon: Icon } = LOOKS[state]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  )
}
