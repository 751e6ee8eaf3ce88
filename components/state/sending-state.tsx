import { Badge, type Tone } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/time'

type State = 'queued' | 'sent' | 'failed'
const STATES: Record<State, { tone: Tone; label: string }> = {
  queued: { tone: 'neutral', label: 'Waiting' },
  sent: { tone: 'good', label: 'Sent' },
  failed: { tone: 'bad', label: 'Given up' },
}

/** What became of something that is sent, and when it is tried again after a failure (µs since 1970). */
export function SendingState({ state, again }: { state: State; again?: number | null }) {
  return (
    <>
      <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>
      {again !== undefined && again !== null && (
        <span className="ml-2 text-muted">
          again <RelativeTime at={again} />
        </span>
      )}
    </>
  )
}
