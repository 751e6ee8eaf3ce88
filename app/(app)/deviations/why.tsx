import { CommandLine } from '@/components/command-line/command-line'
import { InertText } from '@/components/command-line/inert-text'
import { ScoreBadge } from '@/components/state/score-badge'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { formatBits, formatNumber, formatShare } from '@/components/ui/numbers'
import type { Judgement } from '@/lib/store/screens/deviations/judgement'

/** Why an item is one: in a sentence, and the numbers behind it. */
export function Why({ judgement }: { judgement: Judgement }) {
  const { score, explanation, explained, host, hostId, day } = judgement
  return (
    <>
      <p className="mb-3 max-w-[90ch]">{explanation.sentence}</p>
      <KeyValueList
        items={[
          {
            label: 'Score',
            value: (
              <span className="flex flex-wrap items-center gap-2">
                <ScoreBadge millibits={score.scoreMillibits} />
                <span className="text-muted">
                  {explained ? 'it would be, but a ruling explains it; ' : ''}risk{' '}
                  {formatBits(score.riskMillibits)}, the rest is novelty and what was seen around it
                </span>
              </span>
            ),
          },
          {
            label: 'Scored on',
            value: (
              <>
                <Link className="link underline" href={`/hosts/${hostId}`}>
                  <InertText text={host} />
                </Link>
                , {day}
              </>
            ),
          },
          { label: 'Chance', value: chanceWords(explanation) },
          {
            label: 'Baseline',
            value:
              judgement.incidentId === null
                ? maturityWords(explanation.maturity)
                : "not the host's own: it was judged in an incident",
          },
          {
            label: 'Nearest known',
            value:
              explanation.nearestPattern === null ? (
                <span className="text-muted">no known pattern shares a word with it</span>
              ) : (
                <CommandLine text={explanation.nearestPattern.pattern} oneLine />
              ),
          },
        ]}
      />
    </>
  )
}

function chanceWords({ pValue: p, maturity }: Judgement['explanation']): string {
  if (p >= 0.5) return maturity < 0.5 ? 'too little is known here to say' : 'normal use is often this unusual'
  return `1 in ${formatNumber(Math.round(1 / p))} that normal use is at least this unusual`
}

function maturityWords(maturity: number): string {
  const share = formatShare(Math.max(0, maturity))
  if (maturity < 0.5) return `young (${share}): it leans on the group and the fleet`
  return maturity < 0.9 ? `growing (${share})` : `mature (${share})`
}
