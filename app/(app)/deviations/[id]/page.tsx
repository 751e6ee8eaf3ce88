import type { Metadata } from 'next'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { findDeviationDetail } from '@/lib/store/screens/deviations/list'
import { findUnseenDeviation } from '@/lib/store/screens/deviations/unseen'
import { DeviationDetails } from '../deviation-details'
import { NoDeviation } from '../deviation-panel'
import { UnseenDetails } from '../unseen-details'

export const metadata: Metadata = { title: 'Deviation' }

export default async function DeviationPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor()
  const id = decodeURIComponent((await params).id)
  const found = await findDeviationDetail(actor.scope, id)
  const unseen = found === null ? await findUnseenDeviation(actor.scope, id) : null
  const item = found?.item ?? unseen
  if (item === null) return <NoDeviation back="/deviations" />
  return (
    <>
      <PageHeader title={`${item.binary}: deviation`} name={`${item.binary}: ${item.title}`} />
      {found !== null && <DeviationDetails actor={actor} {...found} />}
      {unseen !== null && <UnseenDetails actor={actor} item={unseen} />}
    </>
  )
}
