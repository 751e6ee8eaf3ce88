import { CircleCheck, CircleDashed, CircleDotDashed, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import type { Point, PointState } from './points'

const LOOKS: Record<PointState, { label: string; tone: Tone; icon: LucideIcon }> = {
  done: { label: 'Done', tone: 'good', icon: CircleCheck },
  partly: { label: 'Partly', tone: 'warn', icon: CircleDotDashed },
  open: { label: 'Not yet', tone: 'neutral', icon: CircleDashed },
}

/** Each point of the countermeasure, its state, and the number behind it. */
export function PointsTable({ points }: { points: readonly Point[] }) {
  return (
    <div className="overflow-x-auto rounded border">
      <table aria-label="Where CM0091 stands" className="w-full border-separate border-spacing-0">
        <tbody>
          {points.map((point, index) => (
            <tr
              key={point.ask}
              className="group hover:bg-hover max-md:flex max-md:flex-col max-md:border-b max-md:py-1"
            >
              <td className="w-20 px-3 py-1.5 align-top text-muted empty:hidden md:border-b md:empty:table-cell group-last:border-b-0 max-md:w-full">
                {points[index - 1]?.part === point.part ? '' : point.part}
              </td>
              <th
                scope="row"
                className="min-w-60 md:border-b px-2 py-1.5 text-left align-top font-medium group-last:border-b-0 max-md:w-full"
              >
                {point.ask}
              </th>
              <td className="w-36 md:border-b px-2 py-1.5 align-top group-last:border-b-0 max-md:w-full">
                <StateOf state={point.state} />
              </td>
              <td className="min-w-60 md:border-b px-2 py-1.5 align-top text-muted group-last:border-b-0 max-md:w-full">
                <Link href={point.href} className="hover:text-ink hover:underline">
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
