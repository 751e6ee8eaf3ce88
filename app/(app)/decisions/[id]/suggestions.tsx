import { SuggestionBox } from '@/components/decision/suggestion-box'
import { Section } from '@/components/ui/page-header'
import type { Suggestion } from '@/lib/pipeline/decision/necessity'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import { type Dated, suggestionsOf } from './decision-words'

/** What the numbers suggested when it was proposed and decided, and suggest now: told once where it is the same. */
export function Suggestions({ decision }: { decision: DecisionDetail }) {
  const told = merged(suggestionsOf(decision))
  if (told.length === 0) return null
  return (
    <Section
      title="What the numbers suggest"
      description="Whether normal work on these hosts needs it, computed over everything stored. It is a suggestion, and no part of the proposal."
    >
      <div className="space-y-3">
        {told.map(({ label, suggestion }) => (
          <SuggestionBox key={label} label={label} suggestion={suggestion} />
        ))}
      </div>
      {decision.verdict === 'emergency' && (
        <p className="mt-2 text-muted">The block was an answer to an incident, whatever is suggested here.</p>
      )}
    </Section>
  )
}

/** In order of time, those that follow each other unchanged as one: 'When it was proposed, and now'. */
function merged(dated: readonly Dated[]): Dated[] {
  const told: { labels: string[]; suggestion: Suggestion }[] = []
  for (const { label, suggestion } of dated) {
    const last = told.at(-1)
    if (last && same(last.suggestion, suggestion)) last.labels.push(label)
    else told.push({ labels: [label], suggestion })
  }
  return told.map(({ labels: [first = '', ...rest], suggestion }) => ({
    label: [first, ...rest.map((label) => label.toLowerCase())].join(', and '),
    suggestion,
  }))
}

function same(a: Suggestion, b: Suggestion): boolean {
  const text = ({ verdict, reasons, cautions }: Suggestion) => JSON.stringify([verdict, reasons, cautions])
  return text(a) === text(b)
}
