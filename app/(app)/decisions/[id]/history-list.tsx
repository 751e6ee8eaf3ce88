import { RelativeTime } from '@/components/ui/time'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import { DecisionScopeSchema } from '@/lib/pipeline/decision/schemas'
import { placesWords } from '@/lib/pipeline/decision/scope'
import type { DecisionChange } from '@/lib/store/screens/decision/detail'

/** What each entry of the audit log says of a decision. */
export const CHANGE_WORDS: Readonly<Record<string, string>> = {
  'decision-drafted': 'wrote the draft',
  'decision-audit-started': 'put the first ring into audit',
  'decision-proposed': 'proposed it',
  'decision-approved': 'approved it',
  'decision-approved-first': 'approved it, as the first of two',
  'decision-rejected': 'rejected it',
  'decision-withdrawn': 'withdrew it',
  'decision-broke-glass': 'blocked it in an emergency',
  'decision-ring-audited': 'put a ring into audit',
  'decision-ring-enforced': 'declared a ring enforced',
  'decision-ring-rolled-back': 'took a ring back',
  'decision-attempts-explained': 'explained attempts',
  'decision-revoked': 'revoked it',
  'decision-expired': 'ended it: its last day is over',
  'decision-lapsed': 'ended it: nobody approved it in time',
  'decision-exception-expired': 'noted that exceptions ended',
  'decision-superseded': 'put another one in its place',
  'decision-hosts-merged': 'merged hosts',
  'decision-hosts-split': 'split a host',
}

/** What people and the worker did to a decision, newest first. */
export function HistoryList({ changes }: { changes: readonly DecisionChange[] }) {
  if (changes.length === 0) return <p className="text-muted">Nobody did anything about it yet.</p>
  return (
    <ol className="space-y-2">
      {changes.map((change) => (
        <li key={change.id} className="border-l-2 pl-3">
          <div>
            <span className="font-medium">{change.actor}</span> {CHANGE_WORDS[change.action] ?? change.action}{' '}
            <span className="text-muted text-small">
              <RelativeTime at={change.at} />
            </span>
          </div>
          {notesOf(change.detail).map((note) => (
            <p key={note} className="wrap-anywhere whitespace-pre-wrap text-muted">
              <bdi>{note}</bdi>
            </p>
          ))}
        </li>
      ))}
    </ol>
  )
}

/** What the entry says besides its action: the ring, why, and what the gate held back. */
export function notesOf(detail: Json): string[] {
  if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) return []
  const of = (name: string) => (detail as { readonly [key: string]: Json })[name]
  const held = of('held')
  const principals = of('standingInFor')
  const superseded = of('supersedes')
  const by = of('by')
  const lastDay = of('lastDay')
  const leftOut = of('leftOut')
  const dropped = of('ringsDropped')
  const begins = of('begins')
  const ends = of('ends')
  return [
    ...['ring', 'reason', 'comment'].flatMap((name) => {
      const value = of(name)
      return typeof value === 'string' && value !== '' ? [value] : []
    }),
    ...(Array.isArray(principals) ? [`Standing in for ${principals.join(', ')}`] : []),
    ...(Array.isArray(superseded) ? [`In the place of decision ${superseded.join(', ')}`] : []),
    ...(typeof lastDay === 'string'
      ? [`Ends on ${lastDay} instead of ${of('proposedLastDay') ?? 'the day of its review'}`]
      : []),
    ...narrowedWords(of('scope'), of('proposedScope')),
    ...(typeof leftOut === 'string' && leftOut !== '' ? [`Not for ${leftOut}`] : []),
    ...(Array.isArray(dropped) ? [`Rings without a host there fell away: ${dropped.join(', ')}`] : []),
    ...(Array.isArray(begins)
      ? [
          `It holds for ${begins.join(', ')} from then on${of('into') === undefined ? '' : `: all are ${of('into')} now`}`,
        ]
      : []),
    ...(Array.isArray(ends) ? [`It no longer holds for ${ends.join(', ')}`] : []),
    ...(typeof by === 'number' ? [`Decision ${by}`] : []),
    ...(Array.isArray(held)
      ? held.flatMap((one) => (typeof one === 'string' ? [`Not ready: ${one}`] : []))
      : []),
  ]
}

function narrowedWords(scope: Json | undefined, proposed: Json | undefined): string[] {
  const [now, before] = [scope, proposed].map((one) => DecisionScopeSchema.safeParse(one))
  return now?.success && before?.success
    ? [`For ${placesWords(now.data)} instead of ${placesWords(before.data)}`]
    : []
}
