import { UseOverTime } from '@/components/chart/use-over-time'
import { exceptionText } from '@/components/decision/block-words'
import type { ListedException } from '@/components/decision/exception-list'
import type { InterruptedFacet } from '@/components/decision/interrupted-by'
import { WhatIfBuilder } from '@/components/decision/what-if-builder'
import { WhatIfResult } from '@/components/decision/what-if-result'
import { LinkButton } from '@/components/ui/button'
import { countOf, formatNumber, formatShare } from '@/components/ui/numbers'
import type { Scope } from '@/lib/pipeline/actor'
import type { Block, BlockException, Control } from '@/lib/pipeline/decision/block'
import { toBlockQuery } from '@/lib/pipeline/decision/block-url'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import type { FacetKind } from '@/lib/pipeline/decision/gather-facets'
import { boundShare } from '@/lib/pipeline/decision/interruption-bound'
import type { BinaryHeader } from '@/lib/store/screens/binary/view'
import { daysOf } from '@/lib/store/screens/data-window'
import type { Choice } from '@/lib/store/screens/decision/form'
import type { Facets, FacetValue } from '@/lib/store/screens/what-if/load-facets'
import { loadWhatIf, loadWhere, type WhatIf } from '@/lib/store/screens/what-if/load-what-if'
import { CountedAt } from './counted-at'
import { deviationCounts } from './what-if-counts'
import { chooseDays, type DrawnDays, seriesOf } from './what-if-days'
import { WhatIfLimits } from './what-if-limits'

type WhatIfPanelProps = {
  scope: Scope
  entry: BinaryHeader
  block: Block
  control: Control
  /** Whether the reader may carry it on to a proposal. */
  mayPropose: boolean
}

/** Replays a block over all that is stored: numbers, days, what the control cannot tell apart, and the builder that changes it. */
export async function WhatIfPanel({ scope, entry, block, control, mayPropose }: WhatIfPanelProps) {
  const spared = block.exceptions.flatMap((one) => (one.kind === 'host' ? [one.id] : []))
  const chosen = block.scope.kind === 'hosts' ? block.scope.ids : []
  const [whatIf, where] = await Promise.all([
    loadWhatIf(scope, entry, block, control),
    loadWhere(scope, entry.id, [...chosen, ...spared]),
  ])
  if (whatIf === null)
    return (
      <p className="text-muted">
        Nothing can be replayed: no telemetry has been imported yet. Import logs to see what a block would
        interrupt.
      </p>
    )
  const names = { groups: byId(where.groups), hosts: byId(where.hosts) }
  return (
    <div className="space-y-4">
      <WhatIfResult replay={whatIf.replay} {...deviationCounts(whatIf)} />
      <Likelihood whatIf={whatIf} />
      <WhatIfBuilder
        block={block}
        control={control}
        ladder={whatIf.ladder.map(({ rung, replay }) => ({
          ...rung,
          interrupted: replay.interrupted,
          unknown: replay.unknown,
        }))}
        groups={where.groups}
        hosts={{ choices: where.hosts, total: where.hostsTotal }}
        exceptions={block.exceptions.map((exception, at) => toListed(exception, at, whatIf, names))}
        facets={FACETS.map(({ kind, title }) => toFacet(kind, title, whatIf.facets, control))}
      />
      <Days whatIf={whatIf} slug={entry.slug} />
      <WhatIfLimits replayed={whatIf} control={control} />
      {mayPropose && whatIf.plan.split.refusal === null && (
        <LinkButton
          variant="primary"
          href={`/decisions/new?binary=${encodeURIComponent(block.slug)}&${toBlockQuery(block, control)}`}
        >
          Decide on this block…
        </LinkButton>
      )}
    </div>
  )
}

function byId(choices: readonly Choice[]): Map<number, string> {
  return new Map(choices.map(({ id, name }) => [id, name]))
}

const FACETS: readonly { kind: FacetKind; title: string }[] = [
  { kind: 'parent', title: 'Parents' },
  { kind: 'pattern', title: 'Patterns' },
  { kind: 'user', title: 'Accounts' },
  { kind: 'group', title: 'Groups' },
  { kind: 'host', title: 'Hosts' },
]

function toListed(
  exception: BlockException,
  at: number,
  { plan, replay }: WhatIf,
  names: Parameters<typeof exceptionText>[1],
): ListedException {
  const marginal = replay.marginal.find(({ bit }) => bit === at)
  return {
    exception,
    text: exceptionText(exception, names),
    expressible: !plan.split.alsoBlocks.includes(exception),
    marginal: marginal ?? null,
  }
}

function toFacet(kind: FacetKind, title: string, facets: Facets, control: Control): InterruptedFacet {
  return {
    kind,
    title,
    total: facets[kind].total,
    expressible: CONTROL_FACTS[control].exceptions[kind] !== 'no',
    values: facets[kind].values.map((one) => ({
      ...one,
      text: one.label,
      exception: toException(kind, one),
    })),
  }
}

function toException(kind: FacetKind, { value }: FacetValue): BlockException {
  const rest = { reason: '', until: null }
  return kind === 'group' || kind === 'host' ? { kind, id: Number(value), ...rest } : { kind, value, ...rest }
}

function Likelihood({ whatIf }: { whatIf: WhatIf }) {
  const { interrupted } = whatIf.replay
  const bound = boundShare(interrupted.hosts, whatIf.hostsInScope)
  const { from, to } = whatIf.window
  return (
    <p className="max-w-[90ch] text-muted">
      Replayed over everything stored, {from} to {to}.
      {bound !== null &&
        (bound.seen === bound.of
          ? ` Every one of ${countOf(bound.of, 'host')} in scope would have been interrupted.`
          : ` ${formatNumber(bound.seen)} of ${countOf(bound.of, 'host')} in scope would have been interrupted; in another period as long, at most ${formatShare(bound.upper)} of hosts (95 % confidence, ${bound.method === 'wilson' ? 'Wilson score interval' : 'rule of three'}), if the period is like this one and hosts do not depend on each other.`)}
      {whatIf.behind && ' Use is being computed just now: the newest of it is not counted yet.'}{' '}
      <CountedAt at={whatIf.at} />
    </p>
  )
}

function Days({ whatIf, slug }: { whatIf: WhatIf; slug: string }) {
  const drawn = chooseDays(whatIf.days, whatIf.common, whatIf.window)
  const days = daysOf(drawn.window)
  return (
    <div>
      <UseOverTime
        title={`Executions of ${slug} a day, by what the block does to them`}
        days={days}
        series={seriesOf(whatIf.days, days)}
      />
      <NotDrawn drawn={drawn} />
    </div>
  )
}

function NotDrawn({ drawn: { window, before, after } }: { drawn: DrawnDays }) {
  if (before + after === 0) return null
  const parts = [
    ...(before > 0 ? [`${countOf(before, 'execution')} before ${window.from}`] : []),
    ...(after > 0 ? [`${countOf(after, 'execution')} after ${window.to}`] : []),
  ]
  return (
    <p className="mt-1 max-w-[90ch] text-muted text-small">
      Not drawn, but counted in the numbers above: {parts.join(' and ')}, days on which few hosts report.
    </p>
  )
}
