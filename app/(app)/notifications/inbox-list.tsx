'use client'

import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLive } from '@/components/shell/live'
import { useRefresh } from '@/components/shell/use-refresh'
import { Button, IconButton } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import type { InboxItem } from '@/lib/store/screens/notifications'
import { readNotificationsAction } from './actions'

type InboxListProps = { items: readonly InboxItem[]; empty: ReactNode }

/** Notifications, unread ones marked; opening one reads it. New ones come while the page is open. */
export function InboxList({ items, empty }: InboxListProps) {
  const { run, busy } = useAction()
  useLive(['notification'], useRefresh())
  if (items.length === 0) return empty
  const unread = items.filter(({ readAt }) => readAt === null).length
  const newest = items[0]?.id ?? ''
  return (
    <>
      <div className="mb-2 flex min-h-7 items-center gap-2">
        <span role="status" className="flex-1 text-muted">
          {formatNumber(unread)} unread
        </span>
        {unread > 0 && (
          <Button
            busy={busy}
            onClick={() =>
              void run(() => readNotificationsAction({ throughId: newest }), 'All of them are read.')
            }
          >
            <Check aria-hidden />
            Mark all as read
          </Button>
        )}
      </div>
      <ul className="rounded border">
        {items.map((item) => (
          <li
            key={item.id}
            className="flex items-center gap-2 border-b px-3 py-1.5 last:border-b-0 hover:bg-hover"
          >
            <span
              aria-hidden
              className={`size-2 shrink-0 rounded-full ${item.readAt === null ? 'bg-accent-fill' : ''}`}
            />
            <Link
              href={item.href}
              onClick={() => void readNotificationsAction({ ids: [item.id] })}
              className={`wrap-anywhere min-w-0 flex-1 hover:underline ${item.readAt === null ? 'font-medium' : 'text-muted'}`}
            >
              {item.readAt === null && <span className="sr-only">Unread: </span>}
              {item.title}
            </Link>
            <span className="whitespace-nowrap text-muted text-small">
              <RelativeTime at={item.at} />
            </span>
            <span className="size-7">
              {item.readAt === null && (
                <IconButton
                  label={`Mark as read: ${item.title}`}
                  icon={<Check aria-hidden />}
                  busy={busy}
                  onClick={() => void run(() => readNotificationsAction({ ids: [item.id] }), 'Read.')}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
