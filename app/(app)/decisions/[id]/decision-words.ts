import { decisionLabel } from '@/components/state/state-badge'
import { countOf, formatBits, formatNumber } from '@/components/ui/numbers'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import type { Evidence, EvidenceRow } from '@/lib/pipeline/decision/evidence'
import type { PlanReplay } from '@/lib/pipeline/decision/fold-replay'
import { EFFECT_WORDS, VERDICT_WORDS } from '@/lib/pipeline/decision/words'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'

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
    { label: 'Answers for it', value: decision.owner },
    { label: 'Proposed', value: `${proposedBy}, ${at(decision.proposedAt)}` },
    {
      label: 'Decided',
      value: decidedAt === null ? 'not yet' : `${decidedBy ?? proposedBy}, ${at(decidedAt)}`,
    },
    { label: 'Reviewed on', value: decision.reviewOn ?? 'not set' },
    { label: 'Last day', value: decision.expiresOn ?? 'until it is reviewed' },
  ]
}

/** '1 204', '4.0 bits'. */
export function evidenceWords({ kind }: EvidenceRow, value: number | null): string {
  if (value === null) return 'not known'
  return kind === 'millibits' ? formatBits(value) : formatNumber(value)
}

/** What the numbers suggested and suggest, a sentence a time; none where nothing of it was kept. */
export function suggestionsInWords({ evidence, decided, now }: DecisionDetail): string[] {
  return [
    ...suggestionInWords('When it was proposed', evidence),
    ...suggestionInWords('When it was decided', decided),
    ...suggestionInWords('Now', now),
  ]
}

function suggestionInWords(label: string, known: Evidence | null): string[] {
  if (!known?.suggestion) return []
  const { verdict, reasons, cautions } = known.suggestion
  const said = verdict === null ? [...reasons] : [`${VERDICT_WORDS[verdict].label}.`, ...reasons, ...cautions]
  return [`${label}: ${said.join(' ')}`]
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
