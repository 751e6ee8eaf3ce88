import { clsx } from 'clsx'
import type { Reason } from '@/lib/pipeline/deviation/risk'
import { reasonWords } from '@/lib/pipeline/deviation/words'

/** What the score is made of: each reason with its bits; they add up to it. */
export function ReasonBars({ reasons }: { reasons: readonly Reason[] }) {
  const most = Math.max(1, ...reasons.map(({ millibits }) => Math.abs(millibits)))
  return (
    <table aria-label="Reasons and their bits" className="w-full">
      <tbody>
        {reasons
          .toSorted((a, b) => b.millibits - a.millibits)
          .map(({ code, millibits }) => (
            <tr key={code}>
              <th scope="row" className="w-[18rem] max-w-[50%] py-0.5 pr-3 text-left font-normal">
                {reasonWords(code)}
              </th>
              <td className="py-0.5">
                <div className="flex items-center gap-2">
                  <div
                    aria-hidden
                    className={clsx('h-3 min-w-px rounded-sm', isNovelty(code) ? 'bg-score-1' : 'bg-score-3')}
                    style={{ width: `${(80 * Math.abs(millibits)) / most}%` }}
                  />
                  <span className="shrink-0">{(millibits / 1000).toFixed(1)}</span>
                </div>
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

/** Unusual here, as against risky anywhere. */
function isNovelty(code: string): boolean {
  return code.startsWith('novel-')
}
