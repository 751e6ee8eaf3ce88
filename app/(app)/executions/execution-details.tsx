import { CommandLine } from '@/components/command-line/command-line'
import { InertText } from '@/components/command-line/inert-text'
import { ScoreBadge } from '@/components/state/score-badge'
import { TriageBadge } from '@/components/state/state-badge'
import { Badge } from '@/components/ui/badge'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { formatBits } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import type { Scope } from '@/lib/pipeline/actor'
import type { TicketFacts } from '@/lib/pipeline/export/detection/pattern-ticket'
import type { Execution } from '@/lib/store/screens/executions/find-execution'
import { commandLineParts } from './command-line-parts'
import { CopyAs } from './copy-as'
import { DecodedText } from './decoded-text'
import { executionHref } from './execution-href'
import { ProcessStory } from './process-story'
import { reasonsText } from './reasons-text'

type ExecutionDetailsProps = { scope: Scope; execution: Execution }

/** Everything known of one execution: what it was judged, what each sensor said, what ran around it, and the records as they came. */
export function ExecutionDetails({ scope, execution }: ExecutionDetailsProps) {
  const { records } = execution
  const spoken = records.find(({ commandLine }) => commandLine !== null) ?? records[0]
  return (
    <>
      <div className="mb-6">
        <CommandLine
          text={spoken.commandLine}
          image={spoken.image}
          parts={commandLineParts(execution, spoken)}
        />
        <DecodedText commandLine={spoken.commandLine} />
      </div>
      <Section title="Judgement">
        <Judgement execution={execution} />
      </Section>
      <CopyAs execution={execution} judged={judgedFacts(execution)} href={executionHref(records[0].key)} />
      <ProcessStory scope={scope} execution={execution} />
    </>
  )
}

function judgedFacts({ use, deviation }: Execution): TicketFacts {
  return [
    { label: 'Score', value: use === null ? 'not computed yet' : formatBits(use.scoreMillibits) },
    ...(deviation === null
      ? []
      : [
          {
            label: 'Reasons',
            value: deviation.reasons === null ? 'explained by a ruling' : reasonsText(deviation.reasons),
          },
        ]),
  ]
}

function Judgement({ execution }: { execution: Execution }) {
  const { signature, use, deviation, patternId } = execution
  if (signature === null)
    return <p className="text-muted">Not computed yet: the worker gets to it shortly.</p>
  return (
    <div className="space-y-3">
      <KeyValueList
        items={[
          {
            label: 'Binary',
            value: (
              <Link className="link" href={`/binaries/${encodeURIComponent(execution.slug)}`}>
                {execution.binary}
              </Link>
            ),
          },
          ...(execution.hostedSlug === null ? [] : [{ label: 'Runs', value: execution.hostedSlug }]),
          {
            label: 'Host',
            value: (
              <Link className="link" href={`/hosts/${execution.hostId}`}>
                <InertText text={execution.host} />
              </Link>
            ),
          },
          {
            label: 'Pattern',
            value: patternId !== null && (
              <Link className="link" href={`/executions?pattern=${patternId}&days=all`}>
                <code className="wrap-anywhere">{signature.pattern}</code>
              </Link>
            ),
          },
          {
            label: 'Kind of use',
            value: signature.shape === null ? null : <code className="wrap-anywhere">{signature.shape}</code>,
          },
          {
            label: 'Score',
            value:
              use === null ? (
                'not computed yet'
              ) : (
                <span className="flex flex-wrap items-center gap-2">
                  <ScoreBadge millibits={use.scoreMillibits} />
                  <span className="text-muted">
                    of its pattern on this host and day: risk {formatBits(use.riskMillibits)}, the rest is
                    novelty
                    {use.trusted ? '; counts as normal from here on' : '; not counted as normal'}
                  </span>
                </span>
              ),
          },
          {
            label: 'Deviation',
            value:
              deviation === null ? (
                'none: the score stayed under the threshold'
              ) : (
                <Link
                  className="link inline-flex items-center gap-2"
                  href={`/deviations?open=${deviation.id}`}
                >
                  <TriageBadge state={deviation.state} />{' '}
                  <code className="wrap-anywhere">{deviation.title}</code>
                  {deviation.reasons === null && <span className="text-muted">explained by a ruling</span>}
                </Link>
              ),
          },
        ]}
      />
      {deviation !== null && deviation.reasons !== null && (
        <ul className="flex flex-wrap gap-1.5">
          {deviation.reasons
            .toSorted((a, b) => b.millibits - a.millibits)
            .map(({ code, millibits, words }) => (
              <li key={code}>
                <Badge wraps>
                  {words} · {formatBits(millibits)}
                </Badge>
              </li>
            ))}
        </ul>
      )}
    </div>
  )
}
