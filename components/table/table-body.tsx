'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { type MouseEvent, memo, type PointerEvent, useEffect, useRef } from 'react'
import { Link } from '@/components/ui/link'
import type { Column } from './column'

/** Pages longer than this keep only the rows in sight in the document. */
const VIRTUAL_FROM = 200

export type BodyRow<Row> = { id: string; row: Row; selected: boolean; toggle: () => void }

type TableBodyProps<Row> = {
  columns: readonly Column<Row>[]
  rows: readonly BodyRow<Row>[]
  /** What scrolls; null until it is mounted. */
  scrollElement: HTMLElement | null
  rowHeight: number
  rowHref: ((row: Row) => string) | undefined
  openRowId: string | null
  open: (row: Row) => void
  selectable: boolean
  stickyOffset: number
}

export function TableBody<Row>(props: TableBodyProps<Row>) {
  return props.rows.length > VIRTUAL_FROM ? <VirtualBody {...props} /> : <PlainBody {...props} />
}

function PlainBody<Row>(props: TableBodyProps<Row>) {
  return (
    <tbody className={CELLS} onPointerOver={sayWhole}>
      {props.rows.map((row, index) => (
        <BodyRowView key={row.id} {...props} row={row} index={index} />
      ))}
    </tbody>
  )
}

/** Rows have one height, so the rows out of sight are two spacers; where cells wrap, the spacers are an estimate. */
function VirtualBody<Row>(props: TableBodyProps<Row>) {
  const { rows, scrollElement, rowHeight, columns, selectable } = props
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollElement,
    estimateSize: () => rowHeight,
    overscan: 20,
  })
  const openAt = rows.findIndex(({ id }) => id === props.openRowId)
  useEffect(() => {
    if (openAt >= 0) virtualizer.scrollToIndex(openAt)
  }, [virtualizer, openAt])
  const items = virtualizer.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  const span = columns.length + (selectable ? 1 : 0)
  return (
    <tbody className={CELLS} onPointerOver={sayWhole}>
      <Spacer height={before} span={span} />
      {items.map((item) => {
        const row = rows[item.index]
        return row && <BodyRowView key={row.id} {...props} row={row} index={item.index} />
      })}
      <Spacer height={after} span={span} />
    </tbody>
  )
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

type RowViewProps<Row> = Omit<TableBodyProps<Row>, 'rows' | 'row'> & { row: BodyRow<Row>; index: number }

/** What all cells have in common is said once: a page has a thousand of them. */
const CELLS =
  'whitespace-nowrap [&_td]:overflow-hidden [&_td]:text-ellipsis [&_td]:border-b [&_td]:px-2 [&_td]:align-middle [&>tr:last-child>td]:border-b-0'
const STICKY =
  'md:sticky z-1 bg-canvas group-hover:bg-hover group-aria-selected:bg-selected group-data-open:bg-selected'

function BodyRowView<Row>(props: RowViewProps<Row>) {
  const { columns, row, index, rowHeight, rowHref, openRowId, selectable, stickyOffset } = props
  const href = rowHref?.(row.row)
  const isOpen = row.id === openRowId
  const element = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (isOpen) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  const open = (event: MouseEvent<HTMLElement>) => {
    if (href === undefined || isForSomethingElse(event)) return
    event.preventDefault()
    props.open(row.row)
  }
  return (
    <tr
      ref={element}
      tabIndex={-1}
      data-row
      data-open={isOpen || undefined}
      aria-rowindex={index + 2}
      aria-selected={selectable ? row.selected : undefined}
      // before the link's own navigation, which shows nothing until the server answers
      onClickCapture={open}
      style={{ height: rowHeight }}
      className={clsx(
        'group outline-none hover:bg-hover focus:outline-2 focus:outline-accent focus:-outline-offset-2 aria-selected:bg-selected data-open:bg-selected',
        href !== undefined && 'cursor-pointer',
      )}
    >
      {selectable && (
        <td className={clsx(STICKY, 'left-0 px-2.5!')}>
          <input
            type="checkbox"
            aria-label="Select row"
            checked={row.selected}
            onChange={row.toggle}
            className="size-3.5 accent-(--accent-fill) align-middle"
          />
        </td>
      )}
      <Cells columns={columns} row={row.row} href={href} stickyOffset={stickyOffset} />
    </tr>
  )
}

type CellsProps<Row> = Pick<TableBodyProps<Row>, 'columns' | 'stickyOffset'> & {
  row: Row
  href: string | undefined
}

/** What a row says. Selecting it or opening it changes none of that: a command line is taken apart once. */
const Cells = memo(CellsOf) as typeof CellsOf

function CellsOf<Row>({ columns, row, href, stickyOffset }: CellsProps<Row>) {
  return (
    <>
      {columns.map((column, position) => (
        <td
          key={column.id}
          style={position === 0 ? { left: stickyOffset } : undefined}
          className={
            clsx(position === 0 && [STICKY, 'border-r'], column.align === 'right' && 'text-right') ||
            undefined
          }
        >
          {position === 0 && href !== undefined ? (
            <Link
              href={href}
              scroll={false}
              data-row-link
              className="block truncate font-medium hover:underline"
            >
              {column.cell(row)}
            </Link>
          ) : position === 0 ? (
            <div className="truncate">{column.cell(row)}</div>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </>
  )
}

/** What a narrow cell cuts off is whole on hover, unless the cell says something itself. */
function sayWhole({ target }: PointerEvent<HTMLElement>) {
  const cell = target instanceof Element ? target.closest('td') : null
  if (cell === null || cell.querySelector('[title]') !== null) return
  const isCut = [cell, ...cell.querySelectorAll('.truncate')].some(
    (part) => part.scrollWidth > part.clientWidth,
  )
  if (isCut) cell.title = cell.innerText
  else cell.removeAttribute('title')
}

/** Clicks on controls, new-tab clicks and the end of selecting text do not open the row. */
function isForSomethingElse(event: MouseEvent<HTMLElement>): boolean {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return true
  const control =
    event.target instanceof Element ? event.target.closest('a, button, input, select, label') : null
  if (control !== null) return !control.matches('[data-row-link]')
  return (window.getSelection()?.toString() ?? '') !== ''
}
