import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Link } from '@/components/ui/link'
import type { Column } from './column'
import type { TableUrl } from './use-table-url'

export type Sort = { id: string; descending: boolean }

/** Pixels of the column of check boxes. */
export const CHECKBOX_WIDTH = 36
const CELL =
  'sticky top-0 z-10 h-8 border-b bg-surface px-2 text-left align-middle font-medium text-muted text-small'

type TableHeadProps<Row> = {
  visible: readonly { column: Column<Row>; width: number | undefined; resize: (event: unknown) => void }[]
  /** null where rows cannot be selected. */
  selectAll: { checked: boolean; toggle: () => void } | null
  sort: Sort | undefined
  url: TableUrl
}

export function TableHead<Row>({ visible, selectAll, sort, url }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {selectAll && <SelectAllCell checked={selectAll.checked} onChange={selectAll.toggle} />}
        {visible.map(({ column, width, resize }, index) => (
          <HeaderCell
            key={column.id}
            column={column}
            first={index === 0}
            offset={selectAll ? CHECKBOX_WIDTH : 0}
            width={width}
            onResize={resize}
            sort={sort}
            url={url}
          />
        ))}
      </tr>
    </thead>
  )
}

type HeaderCellProps<Row> = {
  column: Column<Row>
  first: boolean
  /** Pixels left of the sticky first column. */
  offset: number
  width: number | undefined
  onResize: (event: unknown) => void
  sort: Sort | undefined
  url: TableUrl
}

function HeaderCell<Row>({ column, first, offset, width, onResize, sort, url }: HeaderCellProps<Row>) {
  const sorted = sort?.id === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined
  return (
    <th
      scope="col"
      aria-sort={column.sortable ? (sorted ?? 'none') : undefined}
      title={column.hint}
      style={{ width, ...(first && { left: offset }) }}
      className={clsx(
        CELL,
        first && 'border-r md:z-20 max-md:left-auto!',
        column.align === 'right' && 'text-right',
      )}
    >
      {column.sortable ? (
        <SortLink column={column} sort={sort} url={url} />
      ) : (
        <span className="truncate">{column.header}</span>
      )}
      {/* a pointer's convenience: columns need no resizing to be read */}
      <span
        aria-hidden
        onMouseDown={onResize}
        onTouchStart={onResize}
        className="absolute top-1 right-0 bottom-1 w-1.5 cursor-col-resize touch-none hover:bg-line-strong"
      />
    </th>
  )
}

type SortLinkProps<Row> = { column: Column<Row>; sort: Sort | undefined; url: TableUrl }

function SortLink<Row>({ column, sort, url }: SortLinkProps<Row>) {
  const active = sort?.id === column.id
  const descending = active ? !sort.descending : column.sortDescendingFirst === true
  const Arrow = active && sort.descending ? ArrowDown : ArrowUp
  const changes = { sort: `${descending ? '-' : ''}${column.id}` }
  return (
    <Link
      href={url.href(changes)}
      scroll={false}
      // through the same change as filters, which then add to it before the server has answered
      onNavigate={(event) => {
        event.preventDefault()
        url.go(changes)
      }}
      className={clsx('group relative inline-flex max-w-full hover:text-ink', active && 'text-ink')}
    >
      <span className="truncate">{column.header}</span>
      {/* beside the words, where it takes none of their room */}
      <Arrow
        aria-hidden
        className={clsx(
          'absolute top-0.5 size-3',
          column.align === 'right' ? 'right-full' : 'left-full',
          !active && 'opacity-0 group-hover:opacity-60',
        )}
      />
    </Link>
  )
}

function SelectAllCell({ checked, onChange }: { checked: boolean; onChange: () => void }) {
  return (
    <th scope="col" className={clsx(CELL, 'w-9 px-2.5! md:left-0 md:z-20')}>
      <input
        type="checkbox"
        aria-label="Select all rows of this page"
        checked={checked}
        onChange={onChange}
        className="size-3.5 accent-(--accent-fill) align-middle"
      />
    </th>
  )
}
