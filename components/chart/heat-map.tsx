'use client'

import { clsx } from 'clsx'
import { InertText } from '@/components/command-line/inert-text'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'

export type HeatCell = {
  value: number
  /** Where its executions are listed. */
  href?: string
  /** Departs from the baseline: the only saturated thing. */
  emphasis?: boolean
}

/** `href`: where what is behind all of it is shown. */
export type HeatAxis = { id: string; label: string; href?: string }

type HeatMapProps = {
  /** What it answers: 'What starts rundll32, and with which arguments'. */
  title: string
  rowHeader: string
  columns: readonly HeatAxis[]
  /** `cells` by column id; a missing one means never. */
  rows: readonly (HeatAxis & { cells: Readonly<Record<string, HeatCell>> })[]
}

/** Counts in a grid, darker for more on a log scale: a real table, so that it reads without colours. */
export function HeatMap({ title, rowHeader, columns, rows }: HeatMapProps) {
  const most = Math.max(1, ...rows.flatMap((row) => Object.values(row.cells).map((cell) => cell.value)))
  return (
    <div className="max-h-[32rem] overflow-auto rounded border">
      <table className="border-separate border-spacing-0">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-20 h-8 border-r border-b bg-surface px-2 py-1 text-left align-bottom font-medium text-muted text-small"
            >
              {rowHeader}
            </th>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                title={column.label}
                className="wrap-anywhere sticky top-0 z-10 w-32 min-w-28 max-w-48 border-b bg-surface px-2 py-1 text-left align-bottom font-mono font-normal text-small"
              >
                <Label {...column} cut="line-clamp-3" />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th
                scope="row"
                title={row.label}
                className="sticky left-0 z-10 max-w-32 sm:max-w-72 border-r border-b bg-canvas px-2 text-left font-mono font-normal text-small"
              >
                <Label {...row} cut="block truncate" />
              </th>
              {columns.map(({ id }) => (
                <Cell key={id} cell={row.cells[id]} most={most} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** `cut`: how what is too long ends; of the link itself, which would reach over its neighbours. */
function Label({ label, href, cut }: HeatAxis & { cut: string }) {
  const text = <InertText text={label} />
  if (href === undefined) return <span className={cut}>{text}</span>
  return (
    <Link href={href} scroll={false} className={clsx('hover:underline', cut)}>
      {text}
    </Link>
  )
}

function Cell({ cell, most }: { cell: HeatCell | undefined; most: number }) {
  if (cell === undefined || cell.value === 0) {
    return <td className="h-8 border-b px-2 text-right text-muted">·</td>
  }
  const share = Math.log1p(cell.value) / Math.log1p(most)
  const text = formatNumber(cell.value)
  return (
    <td
      // up to 40 %: the text on it keeps its contrast in both themes
      style={
        cell.emphasis
          ? undefined
          : {
              background: `color-mix(in srgb, var(--series-1) ${Math.round(6 + share * 34)}%, var(--canvas))`,
            }
      }
      className={clsx(
        'h-8 border-b text-right',
        cell.href === undefined && 'px-2',
        cell.emphasis && 'bg-score-4 font-semibold text-on-score-4',
      )}
    >
      {cell.href === undefined ? (
        text
      ) : (
        <Link href={cell.href} className="block px-2 leading-8 hover:underline">
          {text}
        </Link>
      )}
    </td>
  )
}
