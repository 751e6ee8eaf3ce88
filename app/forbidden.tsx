import { Lock } from 'lucide-react'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'

export default function Forbidden() {
  return (
    <main>
      <EmptyState
        icon={<Lock aria-hidden />}
        title="Your role does not include this"
        actions={<LinkButton href="/">Overview</LinkButton>}
      >
        Ask an administrator if you need it. Nothing was changed.
      </EmptyState>
    </main>
  )
}
