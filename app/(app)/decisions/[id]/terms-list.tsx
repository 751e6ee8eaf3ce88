import { KeyValueList } from '@/components/ui/key-value-list'
import { Timestamp } from '@/components/ui/time'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import { EFFECT_WORDS, VERDICT_WORDS } from '@/lib/pipeline/decision/words'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import { leftOutWords } from '@/lib/store/screens/decision/narrowed'
import { DecisionLink } from './decision-link'
import { decidedLabel, type Ending, endingOf } from './decision-words'

/** What a decision says, who answers for it, and until when. `leftOut`: where an approval did not let it hold. */
export function TermsList({ decision, leftOut }: { decision: DecisionDetail; leftOut: readonly string[] }) {
  return (
    <KeyValueList
      items={[
        {
          label: 'Why',
          value:
            decision.justification === '' ? (
              <span className="text-muted">not said yet</span>
            ) : (
              <span className="wrap-anywhere whitespace-pre-wrap">{decision.justification}</span>
            ),
        },
        { label: 'Verdict', value: verdictWords(decision) },
        { label: 'Where', value: decision.where },
        ...(decision.proposedWhere === null
          ? []
          : [
              {
                label: 'Proposed for',
                value: `${decision.proposedWhere}: the approval narrowed it`,
              },
              ...(leftOut.length === 0 ? [] : [{ label: 'Left out of it', value: leftOutWords(leftOut) }]),
            ]),
        ...(decision.control === null
          ? []
          : [{ label: 'Carried out by', value: CONTROL_FACTS[decision.control].name }]),
        { label: 'Answers for it', value: decision.owner },
        { label: 'Reviewed on', value: decision.reviewOn ?? <span className="text-muted">not set</span> },
        {
          label: 'Last day',
          value: decision.expiresOn ?? <span className="text-muted">until it is reviewed</span>,
        },
        ...(decision.ticket === null ? [] : [{ label: 'Ticket', value: decision.ticket }]),
        ...(decision.renewsId === null
          ? []
          : [{ label: 'Renews', value: <DecisionLink id={decision.renewsId} /> }]),
        {
          label: decision.state === 'draft' || decision.state === 'audit' ? 'Begun' : 'Proposed',
          value: (
            <>
              {decision.proposedBy}, <Timestamp at={decision.proposedAt} />
            </>
          ),
        },
        ...judged(decision),
      ]}
    />
  )
}

function verdictWords({ verdict, effect }: DecisionDetail): string {
  const { label } = VERDICT_WORDS[verdict]
  if (effect === null) return label
  return `${label}: ${EFFECT_WORDS[effect].label.toLowerCase()} – ${EFFECT_WORDS[effect].hint.toLowerCase()}`
}

function judged(decision: DecisionDetail) {
  const { state, decidedAt, decidedBy, comment, proposedBy } = decision
  if (state === 'proposed' || state === 'emergency')
    return [
      {
        label: 'Decided',
        value: <span className="text-muted">waits for a manager other than {proposedBy}</span>,
      },
    ]
  const ended = endedItems(endingOf(decision))
  if (decidedAt === null) return ended
  return [
    {
      label: decidedLabel(state),
      value: (
        <>
          {decidedBy ?? proposedBy}, <Timestamp at={decidedAt} />
        </>
      ),
    },
    ...(comment === null
      ? []
      : [{ label: 'Comment', value: <span className="wrap-anywhere whitespace-pre-wrap">{comment}</span> }]),
    ...ended,
  ]
}

function endedItems(ending: Ending | null) {
  if (ending === null) return []
  const { at, words } = ending
  return [
    {
      label: 'Ended',
      value:
        at === null ? (
          words
        ) : (
          <>
            <Timestamp at={at} />: {words}
          </>
        ),
    },
  ]
}
