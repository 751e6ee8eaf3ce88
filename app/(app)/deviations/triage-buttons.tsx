import { CircleCheck, Flag, FlaskConical, type LucideIcon, OctagonAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { RulingState } from './use-triage'

const STATES = [
  { to: 'expected', label: 'Expected', letter: 'e', icon: CircleCheck },
  { to: 'flagged', label: 'Flag', letter: 'f', icon: Flag },
  { to: 'malicious', label: 'Malicious', letter: 'm', icon: OctagonAlert },
  { to: 'authorised-test', label: 'Authorised test', letter: 't', icon: FlaskConical },
] as const

type TriageButtonsProps = {
  busy: boolean
  /** Which are offered; all by default. */
  may?: (to: (typeof STATES)[number]['to']) => boolean
  onRuling: (to: RulingState) => void
  onFlag: () => void
}

/** What can be said of a deviation, each with its letter. */
export function TriageButtons({ busy, may = () => true, onRuling, onFlag }: TriageButtonsProps) {
  return STATES.filter(({ to }) => may(to)).map(({ to, ...looks }) => (
    <LetterButton
      key={to}
      {...looks}
      busy={busy}
      onClick={() => (to === 'flagged' ? onFlag() : onRuling(to))}
    />
  ))
}

type LetterButtonProps = {
  label: string
  /** The key that does the same. */
  letter: string
  icon: LucideIcon
  busy: boolean
  onClick: () => void
}

export function LetterButton({ label, letter, icon: Icon, busy, onClick }: LetterButtonProps) {
  return (
    <Button busy={busy} onClick={onClick} aria-keyshortcuts={letter} title={`${label} (${letter})`}>
      <Icon aria-hidden />
      {label}
    </Button>
  )
}
