import { ShieldAlert } from 'lucide-react'
import { Link } from '@/components/ui/link'
import type { IncidentRow } from '@/lib/store/screens/incidents'
import { windowText } from './incident-words'

type IncidentBannerProps = {
  incidents: readonly IncidentRow[]
  /** What of the page they concern, before "by the baseline of …": "what it did then teaches nothing and is judged". */
  consequence: string
}

/** Says on the pages concerned that some days are judged in another way. */
export function IncidentBanner({ incidents, consequence }: IncidentBannerProps) {
  if (incidents.length === 0) return null
  return (
    <aside aria-label="Incidents" className="mb-4 rounded border border-warn bg-warn-soft px-3 py-2">
      <ul className="space-y-1">
        {incidents.map(({ id, name, from, to, comparedWith }) => (
          <li key={id} className="flex gap-2">
            <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
            <span className="min-w-0">
              <Link href="/hosts/incidents" className="link font-medium underline">
                {name}
              </Link>
              , {windowText(from, to)}: {consequence} by the baseline of {comparedWith ?? 'the fleet'}.
            </span>
          </li>
        ))}
      </ul>
    </aside>
  )
}
