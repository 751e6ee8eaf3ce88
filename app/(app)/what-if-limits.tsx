import { leftAloneWords } from '@/components/decision/block-words'
import { countOf } from '@/components/ui/numbers'
import type { Control } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import type { ReplayedBlock } from '@/lib/store/screens/what-if/load-what-if'

/** What the chosen control cannot distinguish, in words. */
export function WhatIfLimits({ replayed, control }: { replayed: ReplayedBlock; control: Control }) {
  const { plan, replay, leftAlone } = replayed
  const { split, block } = plan
  const blockedToo =
    split.alsoBlocks.length === 0
      ? []
      : [
          `It has no condition for ${countOf(split.alsoBlocks.length, 'exception')}: ${countOf(replay.collateral, 'execution')} that they name would be blocked all the same.`,
        ]
  const spared = leftAlone.map(
    ({ effect, executions, hosts }) =>
      `${countOf(executions, 'execution')} on ${countOf(hosts, 'host')} ${leftAloneWords(effect, control, block.effect)}.`,
  )
  const refusal = split.refusal === null ? [] : [split.refusal]
  return (
    <section aria-label="What the control cannot tell apart">
      <h3 className="mb-1 font-medium">What {CONTROL_FACTS[control].name} cannot tell apart</h3>
      <ul className="max-w-[90ch] list-disc space-y-0.5 pl-5">
        {[...refusal, ...blockedToo, ...spared, ...split.limits].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}
