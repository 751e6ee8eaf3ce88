import { decisionLabel } from '@/components/state/state-badge'
import { formatBits, formatNumber } from '@/components/ui/numbers'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import type { EvidenceRow } from '@/lib/pipeline/decision/evidence'
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
