import { Clock } from 'lucide-react'
import { Details } from '@/components/ui/details'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import type { EndingRuling } from '@/lib/store/screens/deviations/ending-rulings'

const SHOWN = 5

/** Warns of judgements that end soon: what is still used then opens again by itself, unless it has become a habit of low risk. */
export function EndingRulings({ rulings }: { rulings: readonly EndingRuling[] }) {
  if (rulings.length === 0) return null
  return (
    <Details className="mb-3">
      <summary className="cursor-pointer text-muted">
        <Clock aria-hidden className="mr-1 inline size-3.5" />
        {countOf(rulings.length, 'judgement ends', 'judgements end')} within two weeks; what is still used
        then opens again
      </summary>
      <ul className="mt-1 ml-5">
        {rulings.slice(0, SHOWN).map(({ deviationId, slug, title, until }) => (
          <li key={deviationId} className="truncate">
            {until}:{' '}
            <Link href={`/deviations/${deviationId}`} className="link underline">
              {slug}
            </Link>{' '}
            <code className="text-small">{title}</code>
          </li>
        ))}
        {rulings.length > SHOWN && <li className="text-muted">and {rulings.length - SHOWN} more</li>}
      </ul>
    </Details>
  )
}
