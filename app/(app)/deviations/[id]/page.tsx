import type { Metadata } from 'next'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { findDeviationDetail } from '@/lib/store/screens/deviations/list'
import { DeviationDetails } from '../deviation-details'
import { NoDeviation } from '../deviation-panel'

export const metadata: Metadata = { title: 'Deviation' }

export default async function DeviationPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor()
  const { id } = await params
  const found = await findDeviationDetail(actor.scope, decodeURIComponent(id))
  if (found === null) return <NoDeviation back="/deviations" />
  return (
    <>
      <PageHeader title={`${found.item.binary}: deviation`} />
      <DeviationDetails actor={actor} {...found} />
    </>
  )
}
