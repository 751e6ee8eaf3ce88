import { SidePanel } from '@/components/table/side-panel'
import { Link } from '@/components/ui/link'
import { ErrorState } from '@/components/ui/state-message'
import type { Actor } from '@/lib/pipeline/actor'
import { findDeviationDetail } from '@/lib/store/screens/deviations/list'
import { findUnseenDeviation } from '@/lib/store/screens/deviations/unseen'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { pageHref } from '../page-href'
import { DeviationDetails } from './deviation-details'
import { UnseenDetails } from './unseen-details'

type DeviationPanelProps = { actor: Extract<Actor, { kind: 'account' }>; id: string; params: SearchParams }

/** One deviation over the list, which keeps its place. */
export async function DeviationPanel({ actor, id, params }: DeviationPanelProps) {
  const found = await findDeviationDetail(actor.scope, id)
  if (found !== null)
    return (
      <SidePanel id={id} title={`${found.item.binary}: deviation`} fullPageHref={`/deviations/${id}`}>
        <DeviationDetails actor={actor} {...found} />
      </SidePanel>
    )
  const unseen = await findUnseenDeviation(actor.scope, id)
  return (
    <SidePanel id={id} title={unseen === null ? 'Deviation' : `${unseen.binary}: deviation`}>
      {unseen === null ? (
        <NoDeviation back={pageHref('/deviations', params, 'open', null)} />
      ) : (
        <UnseenDetails actor={actor} item={unseen} />
      )}
    </SidePanel>
  )
}

/** There is no such item, or not for this reader. */
export function NoDeviation({ back }: { back: string }) {
  return (
    <ErrorState title="This deviation is not here" actions={<Link href={back}>Back to the list</Link>}>
      Nothing on record shows it any more, or its hosts are outside what you may see.
    </ErrorState>
  )
}
