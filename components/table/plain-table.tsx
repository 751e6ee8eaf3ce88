import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type PlainColumn<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  align?: 'right'
  /** What the column means, on hover. */
  hint?: string
  /** May wrap and takes what is left. */
  wide?: boolean
  /** May wrap and become narrow, where several columns or tables share the width. */
  wraps?: boolean
}

/** Rows up to this many are all seen at once: nobody scrolls in a part of a page for a few of them. */
const SHOWN_WHOLE = 15

/** What all cells have in common is said once: a page has thousands of them. */
const CELLS =
  'whitespace-nowrap [&_td]:h-(--row-height) [&_td]:border-b [&_td]:px-2 [&_td]:py-1 [&_td]:align-middle [&>tr:last-child>td]:border-b-0'
const FIRST_CELLS =
  'md:[&_td:first-child]:sticky [&_td:first-child]:left-0 [&_td:first-child]:z-1 [&_td:first-child]:bg-canvas [&>tr:hover>td:first-child]:bg-hover'

type PlainTableProps<Row> = {
  /** What it lists, for screen readers. */
  label: string
  columns: readonly PlainColumn<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Said in place of the rows when there are none. */
  empty: ReactNode
  /** Said under the rows: what was left out. */
  note?: ReactNode
}

/** A short table that is part of a page: no paging and no state in the URL, so several fit on one page. */
export function PlainTable<Row>({ label, columns, rows, rowId, empty, note }: PlainTableProps<Row>) {
  if (rows.length === 0) return <p className="rounded border px-3 py-4 text-muted">{empty}</p>
  const layouts = columns.map(layoutOf)
  return (
    <div className="rounded border">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
        tabIndex={0}
        className={clsx('relative overflow-auto', rows.length > SHOWN_WHOLE && 'max-h-[32rem]')}
      >
        <table aria-label={label} className="w-full border-separate border-spacing-0">
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th
                  key={column.id}
                  scope="col"
                  title={column.hint}
                  className={clsx(
                    'sticky top-0 h-8 whitespace-nowrap border-b bg-surface px-2 font-medium text-muted text-small',
                    index === 0 ? 'z-20 md:left-0' : 'z-10',
                    column.align === 'right' ? 'text-right' : 'text-left',
                  )}
                >
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={clsx(CELLS, FIRST_CELLS)}>
            {rows.map((row) => (
              <tr key={rowId(row)} className="hover:bg-hover">
                {columns.map((column, index) => (
                  <td key={column.id} className={layouts[index]}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {Boolean(note) && <p className="border-t px-2 py-1.5 text-muted text-small">{note}</p>}
    </div>
  )
}

function layoutOf({ align, wide, wraps }: Pick<PlainColumn<unknown>, 'align' | 'wide' | 'wraps'>) {
  const width = wide
    ? 'wrap-anywhere min-w-56 sm:min-w-96 max-w-[70ch] whitespace-normal'
    : wraps && 'wrap-anywhere min-w-28 sm:min-w-40 whitespace-normal'
  return clsx(align === 'right' && 'text-right', width) || undefined
}
