import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Button, LinkButton } from '@/components/ui/button'
import { formatNumber } from '@/components/ui/numbers'
import type { Paging } from './column'
import type { TableUrl } from './use-table-url'

const PAGE_SIZES = [50, 100, 200, 500]
const SMALLEST = 50

type TableFooterProps = { paging: Paging; shown: number; label: string; url: TableUrl }

/** Under the table: which rows of how many, the neighbouring pages, rows a page. */
export function TableFooter({ paging, shown, label, url }: TableFooterProps) {
  const { previous, next } = neighbours(paging)
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2 border-t px-2 py-1 text-muted">
      <span role="status" className="flex-1">
        {(paging.total ?? shown) === 1 ? '1 row' : `${rowCount(paging, shown)} ${label}`}
      </span>
      {/* one short page needs no choice */}
      {((previous ?? next) !== null || shown > SMALLEST) && (
        <label className="flex items-center gap-1.5 text-small">
          Rows a page
          <select
            value={url.params.get('size') ?? '50'}
            onChange={(event) => url.go({ size: event.target.value })}
            className="control"
          >
            {PAGE_SIZES.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
        </label>
      )}
      {(previous ?? next) !== null && (
        <nav aria-label="Pages" className="flex gap-1">
          <PageLink
            label={paging.kind === 'keyset' ? 'First page' : 'Previous'}
            changes={previous}
            url={url}
            back
          />
          <PageLink label="Next" changes={next} url={url} />
        </nav>
      )}
    </div>
  )
}

type Changes = { page: string | null } | { after: string | null }

function neighbours(paging: Paging): { previous: Changes | null; next: Changes | null } {
  if (paging.kind === 'keyset') {
    return {
      previous: paging.after === null ? null : { after: null },
      next: paging.next === null ? null : { after: paging.next },
    }
  }
  const { page, pageSize, total } = paging
  return {
    previous: page > 1 ? { page: page === 2 ? null : String(page - 1) } : null,
    next: page * pageSize < total ? { page: String(page + 1) } : null,
  }
}

/** '1–50 of 1 204'. */
function rowCount(paging: Paging, shown: number): string {
  if (paging.kind === 'keyset') {
    return paging.total === null || paging.total === shown
      ? formatNumber(shown)
      : `${formatNumber(shown)} of ${formatNumber(paging.total)}`
  }
  const first = (paging.page - 1) * paging.pageSize + 1
  return `${formatNumber(first)}–${formatNumber(first + shown - 1)} of ${formatNumber(paging.total)}`
}

type PageLinkProps = { label: string; changes: Changes | null; url: TableUrl; back?: boolean }

function PageLink({ label, changes, url, back = false }: PageLinkProps) {
  const content = (
    <>
      {back && <ChevronLeft aria-hidden />}
      {label}
      {!back && <ChevronRight aria-hidden />}
    </>
  )
  if (changes === null) {
    return (
      <Button variant="quiet" disabled>
        {content}
      </Button>
    )
  }
  return (
    <LinkButton href={url.href(changes)} variant="quiet" scroll={false}>
      {content}
    </LinkButton>
  )
}
