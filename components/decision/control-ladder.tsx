'use client'

import { clsx } from 'clsx'
import { countOf, formatNumber } from '@/components/ui/numbers'
import type { Rung } from '@/lib/pipeline/decision/controls'
import type { Interruption } from '@/lib/pipeline/decision/fold-replay'
import { rungWords } from './block-words'

export type LadderStep = Rung & { interrupted: Interruption; unknown: number }

type ControlLadderProps = {
  steps: readonly LadderStep[]
  chosen: Rung
  onChoose: (rung: Rung) => void
}

/** Controls from least to most intrusive, with what each would interrupt; one is chosen. */
export function ControlLadder({ steps, chosen, onChoose }: ControlLadderProps) {
  const most = Math.max(1, ...steps.map(({ interrupted }) => interrupted.executions))
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Control, from least to most intrusive</legend>
      <ul className="rounded border">
        {steps.map((step) => (
          <Step
            key={`${step.effect} ${step.control}`}
            step={step}
            share={step.interrupted.executions / most}
            isChosen={step.effect === chosen.effect && step.control === chosen.control}
            onChoose={onChoose}
          />
        ))}
      </ul>
    </fieldset>
  )
}

type StepProps = {
  step: LadderStep
  share: number
  isChosen: boolean
  onChoose: (rung: Rung) => void
}

function Step({ step, share, isChosen, onChoose }: StepProps) {
  const { effect, control, interrupted, unknown } = step
  const words = rungWords(step)
  return (
    <li className={clsx('border-b last:border-b-0', isChosen && 'bg-selected')}>
      <label className="flex cursor-pointer items-start gap-2 px-2 py-1.5 hover:bg-hover">
        <input
          type="radio"
          name="rung"
          checked={isChosen}
          onChange={() => onChoose({ effect, control })}
          className="mt-1 size-3.5 shrink-0 accent-(--accent-fill)"
        />
        <span className="min-w-0 flex-1">
          <span className="block">{words.effect}</span>
          <span className="block text-muted text-small">{words.control}</span>
        </span>
        <span className="w-32 shrink-0 text-right text-small">
          <span className="block">
            {formatNumber(interrupted.executions)} on {countOf(interrupted.hosts, 'host')}
          </span>
          <span aria-hidden className="mt-1 block h-1 rounded-sm bg-line">
            <span
              className="block h-full rounded-sm bg-[var(--score-4)]"
              style={{ width: `${Math.round(share * 100)}%` }}
            />
          </span>
          {unknown > 0 && (
            <span className="block text-muted" title="What the control goes by was not reported for these">
              {formatNumber(unknown)} unknown
            </span>
          )}
        </span>
      </label>
    </li>
  )
}
