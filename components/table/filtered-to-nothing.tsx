import { SearchX } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import type { TableUrl } from './use-table-url'

type FilteredToNothingProps = { label: string; names: readonly string[]; url: TableUrl }

/** There are rows, but none that match. */
export function FilteredToNothing({ label, names, url }: FilteredToNothingProps) {
  const cleared = Object.fromEntries(['q', 'page', 'after', ...names].map((name) => [name, null]))
  return (
    <div className="rounded border">
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={`No ${label} match`}
        actions={<Button onClick={() => url.go(cleared)}>Clear filters</Button>}
      >
        Nothing here has everything the filters ask for.
      </EmptyState>
    </div>
  )
}
