import { ShieldAlert, TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import type { BlockAlarm } from '@/lib/store/screens/decision/alarms'

const SHOWN = 5

/** What of enforced blocks does not hold, or is not known to: nothing is said where all is well. */
export function AlarmList({ alarms }: { alarms: readonly BlockAlarm[] }) {
  if (alarms.length === 0) return null
  const grave = alarms.some((alarm) => alarm.grave)
  return (
    <section
      aria-label="Alarms of enforced blocks"
      className={`mb-4 rounded border p-3 ${grave ? 'border-bad' : 'border-warn'}`}
    >
      <h2 className="mb-1 font-semibold">
        {grave ? 'Enforced blocks that do not hold' : 'Enforced blocks that are not known to hold'}
      </h2>
      <ul className="space-y-1">
        {alarms.slice(0, SHOWN).map((alarm) => (
          <li
            key={`${alarm.decisionId} ${alarm.ring} ${alarm.key}`}
            className="flex flex-wrap items-baseline gap-2"
          >
            {alarm.grave ? (
              <Badge tone="bad" icon={<ShieldAlert aria-hidden />}>
                Still runs
              </Badge>
            ) : (
              <Badge tone="warn" icon={<TriangleAlert aria-hidden />}>
                {alarm.key === 'silent' ? 'Silent' : 'Unconfirmed'}
              </Badge>
            )}
            <Link href={`/decisions/${alarm.decisionId}`} className="text-accent hover:underline">
              {alarm.binary}
            </Link>
            <span className="text-muted">{alarm.ring}:</span>
            <span className="wrap-anywhere min-w-0 flex-1 basis-80">{alarm.words}</span>
          </li>
        ))}
      </ul>
      {alarms.length > SHOWN && (
        <p className="mt-1">
          <Link href="/decisions?attention=yes" className="text-accent hover:underline">
            {countOf(alarms.length - SHOWN, 'more alarm')}
          </Link>
        </p>
      )}
    </section>
  )
}
