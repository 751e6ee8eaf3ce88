import { WhatIfResult } from '@/components/decision/what-if-result'
import { Link } from '@/components/ui/link'
import { Section } from '@/components/ui/page-header'
import type { Scope } from '@/lib/pipeline/actor'
import { toBlockQuery } from '@/lib/pipeline/decision/block-url'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import { loadInterruption } from '@/lib/store/screens/decision/interruption'
import { CountedAt } from '../../counted-at'
import { deviationCounts } from '../../what-if-counts'
import { WhatIfLimits } from '../../what-if-limits'

type InterruptionProps = { decision: DecisionDetail; scope: Scope }

/** The block as it is written, replayed over all stored use: what it would interrupt, and where to try another one. */
export async function Interruption({ decision, scope }: InterruptionProps) {
  const interrupted = await loadInterruption(decision, scope)
  if (interrupted === null) return null
  const { block, control, replayed } = interrupted
  return (
    <Section
      title="What it would interrupt"
      description="This block, replayed over everything that is stored today."
      actions={
        <Link
          href={`/binaries/${encodeURIComponent(decision.slug)}?${toBlockQuery(block, control)}#what-if`}
          className="text-accent hover:underline"
        >
          Try it with other terms
        </Link>
      }
    >
      {replayed === null ? (
        <p className="text-muted">Nothing can be replayed: no telemetry has been imported yet.</p>
      ) : (
        <div className="space-y-3">
          <WhatIfResult replay={replayed.replay} {...deviationCounts(replayed)} />
          <WhatIfLimits replayed={replayed} control={control} />
          <CountedAt at={replayed.at} />
        </div>
      )}
    </Section>
  )
}
