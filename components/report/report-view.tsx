import { clsx } from 'clsx'
import { printable } from '@/lib/pipeline/export/report/printable'
import type { Report, ReportColumn, ReportPart } from '@/lib/pipeline/export/report/report'
import { formatNumber } from '../ui/numbers'
import { withWholeDates } from '../ui/whole-dates'

/** A report as a page that prints well: the same figures as its PDF. */
export function ReportView({ report }: { report: Report }) {
  return (
    <article className="report max-w-[60rem]">
      <header className="mb-6">
        <h1 className="font-semibold text-title">{printable(report.title)}</h1>
        {report.lines.map((line) => (
          <p key={line} className="text-muted">
            {withWholeDates(printable(line))}
          </p>
        ))}
      </header>
      {report.sections.map(({ title, parts }) => (
        <section key={title} className="mb-6">
          <h2 className="mb-2 font-semibold text-heading">{title}</h2>
          {parts.map((part, index) => (
            // parts of a report never change places
            // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name
            <Part key={index} part={part} />
          ))}
        </section>
      ))}
    </article>
  )
}

function Part({ part }: { part: ReportPart }) {
  switch (part.kind) {
    case 'text':
      return <p className="mb-2 max-w-[90ch]">{withWholeDates(printable(part.text))}</p>
    case 'figures':
      return (
        <dl className="mb-3 flex flex-wrap gap-x-8 gap-y-2">
          {part.figures.map(({ label, value }) => (
            <div key={label} className="flex flex-col-reverse">
              <dt className="text-muted text-small">{printable(label)}</dt>
              <dd className="font-semibold text-heading">{printable(value)}</dd>
            </div>
          ))}
        </dl>
      )
    case 'table':
      return part.rows.length === 0 ? <p className="text-muted">{part.none}</p> : <Rows {...part} />
    case 'bars':
      return <Bars {...part} />
  }
}

function Rows(table: Extract<ReportPart, { kind: 'table' }>) {
  const { label, columns } = table
  const numbers = columns.filter(({ align }) => align === 'right').length
  const stacks = columns.length > 2 && numbers < 2
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
      tabIndex={0}
      className="relative mb-3 overflow-x-auto"
    >
      <table
        className={clsx(
          'border-separate border-spacing-0',
          // a number far from its label is read with its neighbour's
          columns.length > 2 ? 'w-full' : 'min-w-72',
          stacks ? STACKED : columns.length > MOST_BESIDE && 'min-w-[36rem]',
        )}
        aria-label={label}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={`border-b px-2 py-1 font-medium text-muted text-small ${sideOf(column)}`}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.join('\u0000')} className="break-inside-avoid">
              {columns.map((column, index) => (
                <td
                  key={column.label}
                  data-label={column.label}
                  className={clsx(
                    'border-b px-2 py-1 align-top',
                    sideOf(column),
                    column.code && 'wrap-anywhere font-mono text-small',
                    column.whole && 'whitespace-nowrap',
                  )}
                >
                  {printable(row[index] ?? '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** More columns than this need their width: a narrow screen scrolls over them. */
const MOST_BESIDE = 4

/** On a narrow screen a row of texts is a list of them, each beside its column's name (paper is wider). */
const STACKED =
  'max-sm:[&_thead]:sr-only max-sm:[&_tr]:block max-sm:[&_tr]:border-b max-sm:[&_tr]:py-1.5 max-sm:[&_td]:grid max-sm:[&_td]:grid-cols-[6rem_1fr] max-sm:[&_td]:gap-2 max-sm:[&_td]:border-0 max-sm:[&_td]:px-0 max-sm:[&_td]:py-0.5 max-sm:[&_td]:text-left max-sm:[&_td]:before:text-muted max-sm:[&_td]:before:content-[attr(data-label)]'

function sideOf({ align }: ReportColumn): string {
  return align === 'right' ? 'text-right tabular-nums' : 'text-left'
}

const HEIGHT = 90

/** Drawn without a script, so that it prints as it is seen; its numbers are in a table for those who hear it. */
function Bars({ title, points }: Extract<ReportPart, { kind: 'bars' }>) {
  const highest = Math.max(0, ...points.map(({ value }) => value))
  const most = Math.max(1, highest)
  return (
    <figure className="m-0 mb-4 break-inside-avoid">
      <figcaption className="mb-1 font-medium">{title}</figcaption>
      <svg
        viewBox={`0 0 ${Math.max(1, points.length)} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-24 w-full border-b"
        aria-hidden
      >
        {points.map(({ label, value }, index) => (
          <rect
            key={label}
            x={index + 0.1}
            width={0.8}
            y={HEIGHT * (1 - value / most)}
            height={(HEIGHT * value) / most}
            className="fill-[var(--series-1)]"
          >
            <title>{`${label}: ${formatNumber(value)}`}</title>
          </rect>
        ))}
      </svg>
      <div className="flex justify-between text-muted text-small" aria-hidden>
        <span>{points[0]?.label}</span>
        <span>highest {formatNumber(highest)}</span>
        <span>{points.at(-1)?.label}</span>
      </div>
      <table className="sr-only">
        <caption>{title}</caption>
        <tbody>
          {points.map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{formatNumber(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
