import { Columns3, Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuCheck, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { countOf } from '@/components/ui/numbers'
import type { Column } from './column'
import type { TableUrl } from './use-table-url'

type TableToolbarProps<Row> = {
  columns: readonly Column<Row>[]
  /** Ids of the columns shown. */
  shown: readonly string[]
  url: TableUrl
  csvHref: string | undefined
  selectedCount: number
  bulk: ReactNode
  clear: () => void
}

/** Above the table: what to do with the selected rows, which columns, CSV. */
export function TableToolbar<Row>({
  columns,
  shown,
  url,
  csvHref,
  selectedCount,
  bulk,
  clear,
}: TableToolbarProps<Row>) {
  const choose = (id: string, on: boolean) => {
    const ids = columns
      .map((column) => column.id)
      .filter((other) => (other === id ? on : shown.includes(other)))
    url.go({ columns: ids.join(',') }, 'replace')
  }
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2 border-b px-2 py-1">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
        {selectedCount > 0 && (
          <>
            <span className="font-medium">{countOf(selectedCount, 'row')} selected</span>
            {bulk}
            <Button variant="quiet" onClick={clear}>
              Clear selection
            </Button>
          </>
        )}
      </div>
      <Menu
        align="end"
        trigger={
          <Button variant="quiet">
            <Columns3 aria-hidden />
            Columns
          </Button>
        }
      >
        {columns.slice(1).map((column) => (
          <MenuCheck
            key={column.id}
            checked={shown.includes(column.id)}
            onChange={(on) => choose(column.id, on)}
          >
            {column.header}
          </MenuCheck>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => url.go({ columns: null }, 'replace')}>Usual columns</MenuItem>
      </Menu>
      {csvHref !== undefined && (
        <a
          href={csvHref}
          download
          className="inline-flex h-7 items-center gap-1.5 rounded px-2.5 font-medium hover:bg-hover [&_svg]:size-3.5"
        >
          <Download aria-hidden />
          CSV
        </a>
      )}
    </div>
  )
}
