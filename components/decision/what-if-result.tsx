import type { ReactNode } from 'react'
import { formatNumber } from '@/components/ui/numbers'
import type { PlanReplay } from '@/lib/pipeline/decision/fold-replay'
import { WORKING_TIME_WORDS } from '@/lib/pipeline/decision/working-time'

export type StoppedCount = { stopped: number; missed: number }

type WhatIfResultProps = {
  replay: PlanReplay
  /** Deviations ruled malicious, and those that nobody has closed. */
  malicious: StoppedCount
  open: StoppedCount
}

/** The numbers of a what-if: what it interrupts, what it would have stopped, what goes on. */
export function WhatIfResult({ replay, malicious, open }: WhatIfResultProps) {
  const { interrupted, spared, unaffected, unknown } = replay
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded border bg-line md:grid-cols-4">
      <Figure label="Executions interrupted" value={interrupted.executions} strong />
      <Figure label="Hosts interrupted" value={interrupted.hosts} strong />
      <Figure label="Accounts interrupted" value={interrupted.people} strong />
      <Figure
        label="Working hours touched"
        value={interrupted.workingHours}
        hint={`${WORKING_TIME_WORDS}, counted for each host, kind of use and account`}
        strong
      />
      <Figure label="Malicious deviations stopped" value={<Share {...malicious} />} />
      <Figure label="Open deviations stopped" value={<Share {...open} />} />
      <Figure label="Executions spared" value={spared} />
      <Figure
        label="Left alone by the control"
        value={
          <>
            {formatNumber(unaffected)}
            {unknown > 0 && (
              <span className="text-muted text-small"> and {formatNumber(unknown)} unknown</span>
            )}
          </>
        }
      />
    </dl>
  )
}

function Share({ stopped, missed }: StoppedCount) {
  return (
    <>
      {formatNumber(stopped)}{' '}
      <span className="text-muted text-small">of {formatNumber(stopped + missed)}</span>
    </>
  )
}

type FigureProps = { label: string; value: ReactNode; hint?: string; strong?: boolean }

function Figure({ label, value, hint, strong = false }: FigureProps) {
  return (
    <div className="flex flex-col justify-between bg-canvas px-3 py-2" title={hint}>
      <dt className="text-muted text-small">{label}</dt>
      <dd className={strong ? 'font-semibold text-title' : 'font-medium'}>
        {typeof value === 'number' ? formatNumber(value) : value}
      </dd>
    </div>
  )
}
