'use client'

import { useWaiting } from '@/components/shell/waiting'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'

type WaitingLineProps = { accountId: string; mayTriage: boolean; mayDecide: boolean }

/** What waits for whoever reads, each a link to it; the numbers follow while the page is open. */
export function WaitingLine({ accountId, mayTriage, mayDecide }: WaitingLineProps) {
  const { openDeviations, awaitingDecisions, unreadNotifications, assignedDeviations } = useWaiting()
  const parts = [
    {
      count: assignedDeviations,
      words: `${countOf(assignedDeviations, 'deviation')} assigned to you`,
      href: `/deviations?state=open&state=flagged&assignee=${accountId}`,
    },
    {
      count: mayTriage ? openDeviations : 0,
      words: `${formatNumber(openDeviations)} open ${openDeviations === 1 ? 'deviation' : 'deviations'}`,
      href: '/deviations',
    },
    {
      count: mayDecide ? awaitingDecisions : 0,
      words: `${countOf(awaitingDecisions, 'decision')} to judge`,
      href: '/decisions?awaiting=me',
    },
    {
      count: unreadNotifications,
      words: `${countOf(unreadNotifications, 'unread notification')}`,
      href: '/notifications',
    },
  ].filter(({ count }) => count > 0)
  if (parts.length === 0) return <p className="mb-4 text-muted">Nothing waits for you.</p>
  return (
    <nav aria-label="Waits for you" className="mb-6 flex flex-wrap items-center gap-2">
      <span className="text-muted">Waits for you:</span>
      {parts.map(({ words, href }) => (
        <Link
          key={href}
          href={href}
          className="rounded-full border bg-surface px-2.5 py-0.5 font-medium hover:bg-hover"
        >
          {words}
        </Link>
      ))}
    </nav>
  )
}
