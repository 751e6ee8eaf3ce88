import { SuggestionBox } from '@/components/decision/suggestion-box'
import { Section } from '@/components/ui/page-header'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import { suggestionsOf } from './decision-words'

/** What the numbers suggested when it was proposed and decided, and suggest now: told once where it is the same. */
export function Suggestions({ decision }: { decision: DecisionDetail }) {
  const told = suggestionsOf(decision)
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
