'use client'

import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import { endSessionAction } from './actions'
import { describeBrowser } from './describe-browser'

type SessionListProps = {
  sessions: readonly {
    id: string
    userAgent: string | null
    createdAt: number
    lastSeenAt: number
    current: boolean
  }[]
}

export function SessionList({ sessions }: SessionListProps) {
  const { run, busy } = useAction()
  return (
    <ul className="divide-y rounded border">
      {sessions.map((session) => (
        <li key={session.id} className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1">
          <span className="flex min-w-56 flex-1 items-center gap-2" title={session.userAgent ?? undefined}>
            {describeBrowser(session.userAgent)}
            {session.current && <Badge tone="accent">this one</Badge>}
          </span>
          <span className="text-muted">
            signed in <RelativeTime at={session.createdAt} />, last seen{' '}
            <RelativeTime at={session.lastSeenAt} />
          </span>
          {!session.current && (
            <Button
              busy={busy}
              onClick={() => run(() => endSessionAction(session.id), 'The session is over.')}
            >
              End
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
