import { SearchX } from 'lucide-react'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'

export default function NotFound() {
  return (
    <main>
      <EmptyState
        icon={<SearchX aria-hidden />}
        title="There is nothing at this address"
        actions={<LinkButton href="/">Overview</LinkButton>}
      >
        It may have been merged with another item, or the link is not complete.
      </EmptyState>
    </main>
  )
}
