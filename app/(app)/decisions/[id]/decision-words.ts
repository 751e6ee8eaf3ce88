import { decisionLabel } from '@/components/state/state-badge'
import { countOf, formatBits, formatNumber } from '@/components/ui/numbers'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import type { Evidence, EvidenceRow } from '@/lib/pipeline/decision/evidence'
import type { PlanReplay } from '@/lib/pipeline/decision/fold-replay'
import type { Suggestion } from '@/lib/pipeline/decision/necessity'
import type { DecisionState, Verdict } from '@/lib/pipeline/decision/states'
import { EFFECT_WORDS, VERDICT_WORDS } from '@/lib/pipeline/decision/words'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'

/** What the numbers suggested, and when: 'When it was proposed'. */
export type Dated = { label: string; suggestion: Suggestion }

/** What whoever decided did; what ended by itself was approved before, and nobody ended it. */
export function decidedLabel(state: DecisionState): string {
  const approved = state === 'enforced' || state === 'expired' || state === 'superseded'
  return decisionLabel(approved ? 'approved' : state)
}

/** `at`: microseconds since 1970; null = the day alone is known, which the words name. */
export type Ending = { at: number | null; words: string }

const ENDINGS: readonly string[] = ['decision-expired', 'decision-lapsed', 'decision-superseded']

/** When and why a decision ended by itself, by its history; null = it did not, or nothing is known of it. */
export function endingOf({
  state,
  history,
  expiresOn,
}: Pick<DecisionDetail, 'state' | 'history' | 'expiresOn'>): Ending | null {
  if (state !== 'expired' && state !== 'superseded') return null
  const entry = history.find(({ action }) => ENDINGS.includes(action))
  const at = entry?.at ?? null
  if (entry?.action === 'decision-lapsed') return { at, words: 'nobody approved it in time' }
  if (state === 'expired')
    return expiresOn === null ? null : { at, words: `its last day, ${expiresOn}, is over` }
  return at === null ? null : { at, words: `${successorWords(entry?.detail)} took its place` }
}

function successorWords(detail: Json | undefined): string {
  const by = detail !== null && typeof detail === 'object' && 'by' in detail ? detail['by'] : null
  return typeof by === 'number' ? `decision ${by}` : 'another one'
}

/** What a decision says, a line each, for paper; null = it has none. `at` writes a time (microseconds since 1970). */
export function termsInWords(
  decision: DecisionDetail,
  at: (us: number) => string,
): { label: string; value: string | null }[] {
  const { verdict, state, effect, control, proposedBy, decidedBy, decidedAt } = decision
  return [
    { label: 'Verdict', value: VERDICT_WORDS[verdict].label },
    { label: 'State', value: decisionLabel(state) },
    { label: 'Effect', value: effect && EFFECT_WORDS[effect].label },
    { label: 'Carried out by', value: control && CONTROL_FACTS[control].name },
    { label: 'Where', value: decision.where },
    ...(decision.proposedWhere === null ? [] : [{ label: 'Proposed for', value: decision.proposedWhere }]),
    { label: 'Answers for it', value: decision.owner },
    { label: 'Proposed', value: `${proposedBy}, ${at(decision.proposedAt)}` },
    {
      label: 'Decided',
      value: decidedAt === null ? 'not yet' : `${decidedBy ?? proposedBy}, ${at(decidedAt)}`,
    },
    ...endedInWords(endingOf(decision), at),
    { label: 'Reviewed on', value: decision.reviewOn ?? 'not set' },
    { label: 'Last day', value: decision.expiresOn ?? 'until it is reviewed' },
  ]
}

function endedInWords(ending: Ending | null, at: (us: number) => string) {
  if (ending === null) return []
  return [{ label: 'Ended', value: ending.at === null ? ending.words : `${at(ending.at)}: ${ending.words}` }]
}

/** 'on 640 executions on 31 hosts', and what the numbers suggested where that was another verdict. */
export function knownWords(
  { executions, hosts, suggestion }: Pick<Evidence, 'executions' | 'hosts' | 'suggestion'>,
  verdict: Verdict,
): string {
  const suggested = suggestion?.verdict ?? verdict
  const other =
    verdict === 'emergency' || suggested === verdict
      ? ''
      : `; suggested then: ${VERDICT_WORDS[suggested].label}`
  return `on ${countOf(executions, 'execution')} on ${countOf(hosts, 'host')}${other}`
}

export type FrozenWhen = 'proposed' | 'approved'

/** When what is frozen of where it holds was known: an approval that narrowed it froze it anew. */
export function frozenWhen({ proposedScope }: Pick<DecisionDetail, 'proposedScope'>): FrozenWhen {
  return proposedScope === null ? 'proposed' : 'approved'
}

type AsProposed = Pick<DecisionDetail, 'proposedWhere' | 'proposedEvidence' | 'verdict'>

/** What was known when it was proposed for more hosts; null = an approval narrowed nothing, or the reader may not see all of them. */
export function widerEvidence({
  proposedWhere,
  proposedEvidence,
}: Omit<AsProposed, 'verdict'>): Evidence | null {
  return proposedWhere === null ? null : proposedEvidence
}

/** The same in a sentence. */
export function widerEvidenceInWords(decision: AsProposed): string | null {
  const wider = widerEvidence(decision)
  return wider && `Proposed for ${decision.proposedWhere}, ${knownWords(wider, decision.verdict)}.`
}

/** '1 204', '4.0 bits'. */
export function evidenceWords({ kind }: EvidenceRow, value: number | null): string {
  if (value === null) return 'not known'
  return kind === 'millibits' ? formatBits(value) : formatNumber(value)
}

/** What the numbers suggested when it was proposed and decided, and suggest now, as far as it was kept: told once where it is the same. */
export function suggestionsOf({
  proposedEvidence,
  decided,
  now,
  proposedScope,
}: Pick<DecisionDetail, 'proposedEvidence' | 'decided' | 'now' | 'proposedScope'>): Dated[] {
  const dated = [
    {
      label: proposedScope === null ? 'When it was proposed' : 'When it was proposed for more hosts',
      suggestion: proposedEvidence?.suggestion,
    },
    { label: 'When it was decided', suggestion: decided?.suggestion },
    { label: 'Now', suggestion: now?.suggestion },
  ]
  return merged(dated.flatMap(({ label, suggestion }) => (suggestion ? [{ label, suggestion }] : [])))
}

/** In order of time, those that follow each other unchanged as one: 'When it was proposed, and now'. */
function merged(dated: readonly Dated[]): Dated[] {
  const told: { labels: string[]; suggestion: Suggestion }[] = []
  for (const { label, suggestion } of dated) {
    const last = told.at(-1)
    if (last && same(last.suggestion, suggestion)) last.labels.push(label)
    else told.push({ labels: [label], suggestion })
  }
  return told.map(({ labels, suggestion }) => ({ label: inOneBreath(labels), suggestion }))
}

function inOneBreath(labels: readonly string[]): string {
  const [first = '', ...rest] = labels
  const last = rest.pop()?.toLowerCase()
  return [first, ...rest.map((label) => label.toLowerCase()), ...(last ? [`and ${last}`] : [])].join(', ')
}

function same(a: Suggestion, b: Suggestion): boolean {
  const text = ({ verdict, reasons, cautions }: Suggestion) => JSON.stringify([verdict, reasons, cautions])
  return text(a) === text(b)
}

/** The same, a sentence a time. */
export function suggestionsInWords(decision: DecisionDetail): string[] {
  return suggestionsOf(decision).map(({ label, suggestion: { verdict, reasons, cautions } }) => {
    const said = verdict === null ? reasons : [`${VERDICT_WORDS[verdict].label}.`, ...reasons, ...cautions]
    return `${label}: ${said.join(' ')}`
  })
}

/** What a replay came to, in one sentence. */
export function replayInWords({ interrupted, spared, unaffected, unknown }: PlanReplay): string {
  const rest = [
    spared > 0 && `${formatNumber(spared)} are spared`,
    unaffected > 0 && `${formatNumber(unaffected)} are left alone by the control`,
    unknown > 0 && `of ${formatNumber(unknown)} too little was reported to say`,
  ].filter((part) => part !== false)
  const met = `It interrupts ${countOf(interrupted.executions, 'execution')} on ${countOf(interrupted.hosts, 'host')} by ${countOf(interrupted.people, 'account')}`
  return `${[met, ...rest].join('; ')}.`
}
