import { clsx } from 'clsx'

/** Bits at which the ramp's next step starts. */
const STEPS = [4, 8, 12, 16] as const
const FILL = [
  'bg-score-0 text-on-score-0',
  'bg-score-1 text-on-score-1',
  'bg-score-2 text-on-score-2',
  'bg-score-3 text-on-score-3',
  'bg-score-4 text-on-score-4',
]

type ScoreBadgeProps = {
  /** Thousandths of a bit. */
  millibits: number
}

/** A score in bits, to one decimal, on one sequential ramp. */
export function ScoreBadge({ millibits }: ScoreBadgeProps) {
  const bits = millibits / 1000
  const level = STEPS.filter((from) => bits >= from).length
  return (
    <span
      title={`${bits.toFixed(3)} bits`}
      className={clsx('inline-block min-w-10 rounded-sm px-1.5 text-right font-medium', FILL[level])}
    >
      {bits.toFixed(1)}
    </span>
  )
}
