import { CommandLine } from '@/components/command-line/command-line'
import { InertText } from '@/components/command-line/inert-text'
import { countOf } from '@/components/ui/numbers'
import { NOT_REPORTED } from '@/lib/pipeline/deviation/ruling'
import type { PatternUse, PlannedRuling, TriagePlan, TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import type { RulingState } from './use-triage'

const SHOWN_RULINGS = 12

type TriagePreviewProps = {
  to: RulingState
  /** One for each item, as its title. */
  plans: readonly TriagePlan[]
  titles: readonly string[]
  uses: readonly PatternUse[]
}

/** What a judgement would teach, in numbers and ruling by ruling, before it is done. */
export function TriagePreview({ to, plans, titles, uses }: TriagePreviewProps) {
  const rulings = plans.flatMap((plan, index) =>
    plan.rulings.map((ruling) => ({ ruling, title: titles[index] ?? '' })),
  )
  const executions = plans.reduce((sum, plan) => sum + plan.executions, 0)
  const left = plans.reduce((sum, plan) => sum + plan.executionsLeft, 0)
  const hosts = new Set(plans.flatMap((plan) => plan.hostIds)).size
  return (
    <section aria-label="What this teaches" className="rounded border bg-surface p-3">
      <h3 className="font-semibold">What this teaches</h3>
      {rulings.length === 0 ? (
        <p>Nothing: no use of it is on record any more.</p>
      ) : (
        <>
          <p role="status">
            {countOf(executions, 'execution')} on {countOf(hosts, 'host')} {executions === 1 ? 'is' : 'are'}{' '}
            scored again: {CONSEQUENCE[to](executions === 1)}
            {left > 0 && ` ${countOf(left, 'deviating execution')} outside of this stay deviations.`}
          </p>
          <ul className="mt-2 max-h-48 space-y-1 overflow-y-auto">
            {rulings.slice(0, SHOWN_RULINGS).map(({ ruling, title }) => (
              <li key={JSON.stringify([title, ruling])} className="wrap-anywhere border-l-2 pl-2">
                {plans.length > 1 && <CommandLine text={title} oneLine />}
                {rulingWords(ruling, uses)}
              </li>
            ))}
          </ul>
          {rulings.length > SHOWN_RULINGS && (
            <p className="mt-1 text-muted">and {countOf(rulings.length - SHOWN_RULINGS, 'ruling')} more</p>
          )}
        </>
      )}
    </section>
  )
}

const CONSEQUENCE: Record<RulingState, (one: boolean) => string> = {
  expected: (one) =>
    one
      ? 'it stops being a deviation, and counts as normal.'
      : 'they stop being deviations, and count as normal.',
  'authorised-test': (one) =>
    one
      ? 'it stops being a deviation, but does not count as normal.'
      : 'they stop being deviations, but do not count as normal.',
  malicious: (one) =>
    one
      ? 'it does not count as normal any more, whatever the parent, and keeps at least its risk as score.'
      : 'none of them counts as normal any more, whatever the parent, and each keeps at least its risk as score.',
}

function rulingWords(ruling: PlannedRuling, uses: readonly PatternUse[]) {
  const { parent, identity, modules, scope, from, until } = ruling
  return (
    <>
      {bound('started by', parent, 'by any parent')}
      {identity !== null && <>, {bound('as', identity, '')}</>}
      {modules !== null && `, loading ${modules.join(', ') || 'nothing notable'}`}, on{' '}
      {scopeWords(scope, uses)}, from {from}
      {until === null ? ' on' : ` until ${until}`}
    </>
  )
}

function bound(words: string, value: string | null, any: string) {
  if (value === null) return any
  if (value === NOT_REPORTED) return `${words}: not reported`
  return (
    <>
      {words}{' '}
      <code>
        <InertText text={value} />
      </code>
    </>
  )
}

function scopeWords(scope: TriageScope, uses: readonly PatternUse[]): string {
  if (scope.kind === 'fleet') return 'the whole fleet'
  const names =
    scope.kind === 'groups'
      ? uses.flatMap(({ groupId, groupName }) =>
          groupId !== null && scope.ids.includes(groupId) ? [groupName ?? ''] : [],
        )
      : uses.flatMap(({ hostId, hostName }) => (scope.ids.includes(hostId) ? [hostName] : []))
  const distinct = [...new Set(names)].sort()
  return distinct.length > 3 ? countOf(distinct.length, 'host') : distinct.join(', ')
}
