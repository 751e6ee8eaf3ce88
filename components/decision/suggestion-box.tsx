import { VerdictBadge } from '@/components/state/state-badge'
import { Badge } from '@/components/ui/badge'
import type { Suggestion } from '@/lib/pipeline/decision/necessity'

type SuggestionBoxProps = {
  /** When it was computed: "Now", "When proposed". */
  label: string
  suggestion: Suggestion
}

/** What numbers suggest, with the reasons and what speaks against relying on it; never a decision. */
export function SuggestionBox({ label, suggestion: { verdict, reasons, cautions } }: SuggestionBoxProps) {
  return (
    <div className="rounded border px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium">{label}</h3>
        {verdict === null ? <Badge>None</Badge> : <VerdictBadge verdict={verdict} />}
        <span className="text-muted text-small">computed from the numbers; a person decides</span>
      </div>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {cautions.map((caution) => (
          <li key={caution} className="text-warn">
            {caution}
          </li>
        ))}
      </ul>
    </div>
  )
}
