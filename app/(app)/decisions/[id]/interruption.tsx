import { WhatIfResult } from '@/components/decision/what-if-result'
import { Link } from '@/components/ui/link'
import { Section } from '@/components/ui/page-header'
import type { Scope } from '@/lib/pipeline/actor'
import { toBlockQuery } from '@/lib/pipeline/decision/block-url'
import { findBinary } from '@/lib/store/screens/binary/view'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import { loadReplayedBlock } from '@/lib/store/screens/what-if/load-what-if'
import { deviationCounts } from '../../what-if-counts'
import { WhatIfLimits } from '../../what-if-limits'

type InterruptionProps = { decision: DecisionDetail; scope: Scope }

/** The block as it is written, replayed over all stored use: what it would interrupt, and where to try another one. */
export async function Interruption({ decision, scope }: InterruptionProps) {
  const { effect, control } = decision
  const entry = await findBinary(decision.slug)
  if (effect === null || control === null || !entry || !decision.visible) return null
  const block = { slug: decision.slug, effect, scope: decision.scope, exceptions: decision.exceptions }
  const replayed = await loadReplayedBlock(scope, entry, block, control)
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
        </div>
      )}
    </Section>
  )
}
