import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import type { SearchParams } from '@/lib/store/screens/table-request'
import type { Threshold } from '@/lib/store/screens/threshold'
import { pageHref } from '../page-href'
import { ThresholdProposal } from './threshold-proposal'
import { bitsText, dayRateText } from './threshold-words'

type ThresholdLineProps = {
  threshold: Threshold | null
  params: SearchParams
  /** Items that the other filters ask for, and that score below it. */
  below: number
  /** Items below it are shown as well. */
  shown: boolean
  mayTune: boolean
}

/** From which score on items are shown, why, and the way to those below. */
export function ThresholdLine({ threshold, params, below, shown, mayTune }: ThresholdLineProps) {
  if (threshold === null) return null
  const { page: _page, ...kept } = params
  return (
    <div className="mb-3 space-y-2">
      <p className="flex flex-wrap gap-x-2 text-muted">
        <span>
          Open ones are shown from {bitsText(threshold.millibits)}
          {threshold.expectedPerDay !== null &&
            `: about ${dayRateText(threshold.expectedPerDay)} new a day, ${threshold.itemsADay} asked for`}
          .
        </span>
        {shown && params['below'] !== undefined && (
          <Link className="link underline" href={pageHref('/deviations', kept, 'below', null)}>
            Hide those below the threshold
          </Link>
        )}
        {!shown && below > 0 && (
          <Link className="link underline" href={pageHref('/deviations', kept, 'below', 'yes')}>
            {formatNumber(below)} below the threshold
          </Link>
        )}
      </p>
      {threshold.proposal !== null && threshold.decision !== 'declined' && (
        <ThresholdProposal id={threshold.id} proposal={threshold.proposal} mayTune={mayTune} />
      )}
    </div>
  )
}
