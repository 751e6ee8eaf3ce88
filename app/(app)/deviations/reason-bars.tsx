import { clsx } from 'clsx'
import { SigmaLevelBadge } from '@/components/sigma/level-badge'
import { RuleLinks } from '@/components/sigma/rule-links'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import type { NamedReason } from '@/lib/store/screens/sigma/named-reasons'

/** Millibits that show as 0.0. */
const NEXT_TO_NOTHING = 50

/** What the score is made of: each reason with its bits; they add up to it. */
export function ReasonBars({ reasons }: { reasons: readonly NamedReason[] }) {
  const most = Math.max(1, ...reasons.map(({ millibits }) => Math.abs(millibits)))
  const shown = reasons.filter(({ millibits }) => Math.abs(millibits) >= NEXT_TO_NOTHING)
  const rest = reasons.filter((reason) => !shown.includes(reason))
  return (
    <table aria-label="Reasons and their bits" className="w-full">
      <tbody>
        {shown
          .toSorted((a, b) => b.millibits - a.millibits)
          .map((reason) => (
            <tr key={reason.code}>
              <th
                scope="row"
                className="wrap-anywhere w-[18rem] max-w-[50%] py-0.5 pr-3 text-left font-normal"
              >
                <ReasonName reason={reason} />
              </th>
              <td className="py-0.5">
                <div className="flex items-center gap-2">
                  <div
                    aria-hidden
                    className={clsx('h-3 min-w-px rounded-sm', barOf(reason))}
                    style={{ width: `${(80 * Math.abs(reason.millibits)) / most}%` }}
                  />
                  <span className="shrink-0">{(reason.millibits / 1000).toFixed(1)}</span>
                </div>
              </td>
            </tr>
          ))}
        {rest.length > 0 && (
          <tr>
            <th scope="row" className="py-0.5 pr-3 text-left font-normal text-muted">
              and {formatNumber(rest.length)} more, next to nothing
            </th>
            <td className="py-0.5 text-muted" title={rest.map(({ words }) => words).join('\n')}>
              {(rest.reduce((sum, { millibits }) => sum + millibits, 0) / 1000).toFixed(1)}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function ReasonName({ reason: { words, rule } }: { reason: NamedReason }) {
  if (rule === null) return words
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Link className="link underline" href={`/sigma/${encodeURIComponent(rule.id)}`}>
        {words}
      </Link>
      <SigmaLevelBadge level={rule.level} />
      <RuleLinks links={rule.links.slice(0, 2)} named={rule.title} />
    </span>
  )
}

/** What takes from the score is no warning. */
function barOf({ code, millibits }: NamedReason): string {
  if (millibits < 0) return 'bg-line'
  return isNovelty(code) ? 'border border-score-3 bg-score-1' : 'bg-score-3'
}

/** Unusual here, as against risky anywhere. */
function isNovelty(code: string): boolean {
  return code.startsWith('novel-')
}
