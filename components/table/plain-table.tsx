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
                    index === 0 ? 'left-0 z-20' : 'z-10',
                    column.align === 'right' ? 'text-right' : 'text-left',
                  )}
                >
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowId(row)} className="group hover:bg-hover">
                {columns.map((column, index) => (
                  <td
                    key={column.id}
                    className={clsx(
                      'h-(--row-height) border-b px-2 py-1 align-middle group-last:border-b-0',
                      index === 0 && 'sticky left-0 z-1 bg-canvas group-hover:bg-hover',
                      column.align === 'right' && 'text-right',
                      column.wide
                        ? 'wrap-anywhere min-w-96 max-w-[70ch]'
                        : column.wraps
                          ? 'wrap-anywhere min-w-40'
                          : 'whitespace-nowrap',
                    )}
                  >
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
