import type { ReactNode } from 'react'

/** One column of a table. Columns live in a module-level constant beside their page. */
export type Column<Row> = {
  /** Also its name in the URL, for sorting and column choice. */
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Numbers stand right. */
  align?: 'right'
  /** The server can sort by it. */
  sortable?: boolean
  /** What a first click sorts by; numbers and times: most first. */
  sortDescendingFirst?: boolean
  /** Pixels; columns without a width share what is left. */
  width?: number
  /** Shown only when chosen. */
  optional?: boolean
  /** What the column means, on hover. */
  hint?: string
}

/** Where the rows stand among all. */
export type Paging =
  /** `total` counts every row that matches the filters; `page` is from 1. */
  | { kind: 'offset'; page: number; pageSize: number; total: number }
  /** Cursors of the neighbouring pages, null at the ends; `total` null when counting would scan too much. */
  | { kind: 'keyset'; after: string | null; next: string | null; total: number | null }

/** Which columns are shown: those named in the URL, else all but the optional ones. The first is always shown. */
export function visibility<Row>(
  columns: readonly Column<Row>[],
  chosen: string | null,
): Record<string, boolean> {
  const names = chosen?.split(',') ?? null
  return Object.fromEntries(
    columns.map((column, index) => [
      column.id,
      index === 0 || (names === null ? column.optional !== true : names.includes(column.id)),
    ]),
  )
}
