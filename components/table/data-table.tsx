'use client'

import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type RowData,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { clsx } from 'clsx'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useDisplay } from '@/components/ui/display'
import { type Column, type Paging, visibility } from './column'
import { FilteredToNothing } from './filtered-to-nothing'
import { ComingPanel } from './side-panel'
import { TableBody } from './table-body'
import { TableFooter } from './table-footer'
import { CHECKBOX_WIDTH, TableHead } from './table-head'
import { TableToolbar } from './table-toolbar'
import { useOpenRow } from './use-open-row'
import { useRowKeys } from './use-row-keys'
import { useTableUrl } from './use-table-url'

const features = tableFeatures({
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
})
const MIN_WIDTH = 48
/** What a column without a width shrinks to. */
const GROWING_MIN_WIDTH = 200
const ROW_HEIGHT = { comfortable: 34, compact: 27 }

export type DataTableProps<Row extends RowData> = {
  /** What the rows are, as the row count says it: 'deviations'. */
  label: string
  /** A module-level constant. */
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Where a row leads; its first cell becomes the link. */
  rowHref?: (row: Row) => string
  /** The row whose details are open over the list; undefined where rows lead to pages of their own. */
  openRowId?: string | null
  paging: Paging
  /** The sorting in effect, as the server applied it. */
  sort?: { id: string; descending: boolean }
  /** CSV of exactly these rows and filters. */
  csvHref?: string
  /** Shown while rows are selected; without it rows cannot be selected. */
  bulkActions?: (selected: readonly string[], clear: () => void) => ReactNode
  /** Names of this table's filters in the URL: tells an empty list from one filtered to nothing. */
  filterNames?: readonly string[]
  /** Shown when there is nothing at all. */
  empty: ReactNode
}

/**
 * A server-paged table: sorting, paging and chosen columns live in the URL, rows come from the page.
 * j and k move (or open the next while details are open), Enter opens, x selects; long pages are virtualised.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { columns, rows, bulkActions, paging, filterNames = [] } = props
  const url = useTableUrl()
  const rowHeight = ROW_HEIGHT[useDisplay().density]
  const container = useRef<HTMLDivElement>(null)
  const [scrollElement, setScrollElement] = useState<HTMLElement | null>(null)
  const openRow = useOpenRow(props)
  useRowKeys(container, openRow.step)
  const { table, visible, shown, minWidth, selected, clear } = useTanStack(props, url.params.get('columns'))

  if (rows.length === 0) {
    // until there is another answer, these are the rows of the filters before
    const filtered =
      url.pending || ['q', 'page', 'after', ...filterNames].some((name) => url.params.has(name))
    return filtered ? <FilteredToNothing label={props.label} names={filterNames} url={url} /> : props.empty
  }
  const selectable = bulkActions !== undefined
  const bodyRows = table.getRowModel().rows.map((row) => ({
    id: row.id,
    row: row.original,
    selected: row.getIsSelected(),
    toggle: () => row.toggleSelected(),
  }))
  return (
    <div ref={container} data-table className="rounded border bg-canvas">
      <TableToolbar
        columns={columns}
        shown={shown.map(({ id }) => id)}
        url={url}
        csvHref={props.csvHref}
        selectedCount={selected.length}
        bulk={bulkActions?.(selected, clear)}
        clear={clear}
      />
      <div
        ref={setScrollElement}
        aria-busy={url.pending}
        className={clsx('relative max-h-[calc(100vh-12rem)] overflow-auto', url.pending && 'opacity-60')}
      >
        <table
          aria-label={props.label}
          aria-rowcount={paging.total === null ? -1 : paging.total}
          className="w-full table-fixed border-separate border-spacing-0"
          style={{ minWidth: minWidth + (selectable ? CHECKBOX_WIDTH : 0) }}
        >
          <TableHead
            visible={visible}
            selectAll={
              selectable
                ? { checked: table.getIsAllRowsSelected(), toggle: () => table.toggleAllRowsSelected() }
                : null
            }
            sort={props.sort}
            url={url}
          />
          <TableBody
            columns={shown}
            rows={bodyRows}
            scrollElement={scrollElement}
            rowHeight={rowHeight}
            rowHref={props.rowHref}
            openRowId={openRow.shownId}
            open={openRow.open}
            selectable={selectable}
            stickyOffset={selectable ? CHECKBOX_WIDTH : 0}
          />
        </table>
      </div>
      <TableFooter paging={paging} shown={rows.length} label={props.label} url={url} />
      {openRow.coming !== null && <ComingPanel title={columns[0]?.cell(openRow.coming)} />}
    </div>
  )
}

/** TanStack keeps which columns are shown, their widths and the selected rows. */
function useTanStack<Row extends RowData>(
  { columns, rows, rowId, bulkActions }: DataTableProps<Row>,
  chosen: string | null,
) {
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({})
  const columnVisibility = useMemo(() => visibility(columns, chosen), [columns, chosen])
  const definitions = useMemo(
    () => columns.map(({ id, width }) => ({ id, minSize: MIN_WIDTH, size: width ?? GROWING_MIN_WIDTH })),
    [columns],
  )
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
    state: { columnVisibility, rowSelection },
    onRowSelectionChange: setRowSelection,
    columnResizeMode: 'onChange',
    enableRowSelection: bulkActions !== undefined,
  })
  const widths = table.state.columnSizing
  const visible = table.getLeafHeaders().flatMap((header) => {
    const column = columns.find(({ id }) => id === header.column.id)
    const width = widths[header.column.id] ?? column?.width
    return column === undefined ? [] : [{ column, width, resize: header.getResizeHandler() }]
  })
  const shown = useMemo(
    () => columns.filter(({ id }) => columnVisibility[id] === true),
    [columns, columnVisibility],
  )
  const minWidth = visible.reduce((sum, { width }) => sum + (width ?? GROWING_MIN_WIDTH), 0)
  // a row that left the page is no longer selected
  const selected = table.getRowModel().rows.flatMap((row) => (rowSelection[row.id] ? [row.id] : []))
  return { table, visible, shown, minWidth, selected, clear: () => setRowSelection({}) }
}
