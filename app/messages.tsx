import { Lock, SearchX } from 'lucide-react'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'

const overview = <LinkButton href="/">Overview</LinkButton>

export function NotFoundMessage() {
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="There is nothing at this address"
      actions={overview}
      isWholePage
    >
      It may have been merged with another item, or the link is not complete.
    </EmptyState>
  )
}

export function ForbiddenMessage() {
  return (
    <EmptyState
      icon={<Lock aria-hidden />}
      title="Your role does not include this"
      actions={overview}
      isWholePage
    >
      Ask an administrator if you need it. Nothing was changed.
    </EmptyState>
  )
}
