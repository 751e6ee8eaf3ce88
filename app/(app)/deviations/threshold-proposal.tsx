'use client'

import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import { answerProposalAction } from '../settings/tuning/actions'
import { bitsText, dayRateText } from './threshold-words'

type ThresholdProposalProps = {
  id: string
  proposal: { millibits: number; expectedPerDay: number }
  mayTune: boolean
}

/** The threshold never rises by itself: an administrator says whether it shall. */
export function ThresholdProposal({ id, proposal, mayTune }: ThresholdProposalProps) {
  const { run, busy } = useAction()
  const bits = bitsText(proposal.millibits)
  const answer = (accept: boolean) =>
    void run(
      () => answerProposalAction({ id, accept }),
      accept ? `Shown from ${bits} now.` : 'The threshold stays where it is.',
      accept ? `Show deviations from ${bits} on` : 'Leave the threshold where it is',
    )
  return (
    <section
      aria-label="Proposed threshold"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded border bg-surface px-3 py-2"
    >
      <p className="min-w-0 flex-1 basis-96">
        There is more to see than the team asked for. Shown from {bits}, about{' '}
        {dayRateText(proposal.expectedPerDay)} new items a day would remain. It does not rise by itself, since
        an intruder makes noise too{mayTune ? '.' : ': an administrator decides.'}
      </p>
      {mayTune && (
        <div className="flex gap-2">
          <Button busy={busy} onClick={() => answer(true)}>
            {`Show from ${bits}`}
          </Button>
          <Button variant="quiet" disabled={busy} onClick={() => answer(false)}>
            Leave it
          </Button>
        </div>
      )}
    </section>
  )
}
