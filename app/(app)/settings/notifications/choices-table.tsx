'use client'

import { useState } from 'react'
import { useToast } from '@/components/ui/toast'
import { useProven } from '@/components/ui/use-action'
import {
  NOTIFICATION_EVENTS,
  type NotificationChoice,
  type NotificationEvent,
} from '@/lib/pipeline/decision/notification'
import { chooseNotificationAction } from './actions'

const EVENTS: Record<NotificationEvent, { label: string; hint: string }> = {
  'deviation-found': {
    label: 'A new deviation',
    hint: 'Or one that rises to the score, comes back, or was explained and deviates again. Many at once are told of together.',
  },
  'deviation-assigned': { label: 'Assigned to me', hint: 'Somebody gave you a deviation.' },
  'deviation-noted': { label: 'Note on mine', hint: 'Somebody wrote on a deviation that is yours.' },
  'decision-awaits': { label: 'Decision awaits me', hint: 'Somebody proposed what you may decide.' },
  'decision-answered': {
    label: 'Answer to mine',
    hint: 'A decision that you answer for was approved, rejected, revoked or replaced.',
  },
  'decision-due': {
    label: 'Ends or is due',
    hint: 'A decision of yours, or an exception, ends or is to be reviewed: 14 and 3 days before, and on the day. Or it holds for other hosts, since some were merged.',
  },
  'own-account': {
    label: 'My own account',
    hint: 'Your password or second step changed, or somebody tried too often to sign in as you.',
  },
  alarm: { label: 'Alarm', hint: 'An approved block does not hold.' },
}

const WAYS = [
  { name: 'inApp', label: 'Bell' },
  { name: 'email', label: 'E-mail' },
  { name: 'webhook', label: 'Webhook' },
] as const

const SCORES = [8, 12, 16, 20]

type Choices = Record<NotificationEvent, NotificationChoice>
type ChoicesTableProps = { choices: Choices; mayMail: boolean; hasWebhook: boolean }

/** Each event, and the ways in which it is told; each choice is kept at once. */
export function ChoicesTable({ choices, mayMail, hasWebhook }: ChoicesTableProps) {
  const toast = useToast()
  const proven = useProven()
  const [shown, setShown] = useState(choices)
  const usable = { inApp: true, email: mayMail, webhook: hasWebhook }
  // a choice is sent whole: it builds on what is shown, also while an earlier one is still on its way
  const choose = async (event: NotificationEvent, change: Partial<NotificationChoice>) => {
    const before = shown[event]
    const choice = { ...before, ...change }
    setShown((all) => ({ ...all, [event]: choice }))
    const answer = await proven(
      () => chooseNotificationAction(event, choice),
      `Change how you are told: ${EVENTS[event].label}`,
    )
    if (answer.ok) return
    setShown((all) => ({ ...all, [event]: before }))
    toast(answer.message, 'bad')
  }
  return (
    <div className="overflow-x-auto rounded border">
      <table aria-label="What I am told of" className="w-full">
        <thead>
          <tr className="border-b bg-surface text-left text-muted text-small">
            <th scope="col" className="px-3 py-1.5 font-medium">
              Event
            </th>
            {WAYS.map(({ name, label }) => (
              <th key={name} scope="col" className="w-20 px-3 py-1.5 text-center font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {NOTIFICATION_EVENTS.map((event) => (
            <tr key={event} className="border-b last:border-b-0">
              <th scope="row" className="px-3 py-2 text-left font-normal">
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span>
                    <span className="block font-medium">{EVENTS[event].label}</span>
                    <span className="block text-muted text-small">{EVENTS[event].hint}</span>
                  </span>
                  {event === 'deviation-found' && (
                    <LeastScore
                      value={shown[event].minScoreMillibits}
                      onChange={(minScoreMillibits) => choose(event, { minScoreMillibits })}
                    />
                  )}
                </span>
              </th>
              {WAYS.map(({ name, label }) => (
                <td key={name} className="px-3 py-2 text-center">
                  <input
                    type="checkbox"
                    className="size-4 accent-(--accent-fill)"
                    aria-label={`${EVENTS[event].label}: ${label}`}
                    disabled={!usable[name]}
                    title={usable[name] ? undefined : 'Not set up: see below'}
                    checked={usable[name] && shown[event][name]}
                    onChange={(change) => choose(event, { [name]: change.target.checked })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type LeastScoreProps = { value: number | null; onChange: (value: number | null) => void }

function LeastScore({ value, onChange }: LeastScoreProps) {
  return (
    <select
      aria-label="Least score of a new deviation"
      className="control"
      value={value === null ? '' : String(value / 1000)}
      onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value) * 1000)}
    >
      <option value="">from the threshold of the queue</option>
      {SCORES.map((bits) => (
        <option key={bits} value={bits}>
          from {bits} bits
        </option>
      ))}
    </select>
  )
}
