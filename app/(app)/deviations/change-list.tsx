import { TriageBadge } from '@/components/state/state-badge'
import { RelativeTime } from '@/components/ui/time'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { DeviationChange } from '@/lib/store/screens/deviations/history'

/** What people did to an item, newest first. */
export function ChangeList({ changes }: { changes: readonly DeviationChange[] }) {
  if (changes.length === 0) return <p className="text-muted">Nobody did anything about it yet.</p>
  return (
    <ol className="space-y-2">
      {changes.map((change) => (
        <li key={change.id} className="border-l-2 pl-3">
          <div className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{change.actor}</span>
            <What change={change} />
            <span className="text-muted text-small">
              <RelativeTime at={change.at} />
            </span>
          </div>
          <Note text={textOf(change.detail, 'note')} />
        </li>
      ))}
    </ol>
  )
}

function What({ change: { action, actor, detail } }: { change: DeviationChange }) {
  switch (action) {
    case 'deviation-triaged':
      return (
        <>
          changed it to <TriageBadge state={textOf(detail, 'to') ?? ''} />
        </>
      )
    case 'deviation-triage-undone':
      return (
        <>
          undid that: it is <TriageBadge state={textOf(detail, 'to') ?? ''} /> again
        </>
      )
    case 'deviation-assigned':
      return <>{handover(actor, textOf(detail, 'assignee'))}</>
    case 'deviation-noted':
      return <>noted</>
    default:
      return <>{action}</>
  }
}

function handover(actor: string, assignee: string | null): string {
  return assignee === actor ? 'took it' : `gave it to ${assignee ?? 'nobody'}`
}

function Note({ text }: { text: string | null }) {
  if (text === null) return null
  return (
    <p className="wrap-anywhere whitespace-pre-wrap">
      <bdi>{text}</bdi>
    </p>
  )
}

function textOf(detail: Json, name: string): string | null {
  if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) return null
  const value = Object.entries(detail).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : null
}
