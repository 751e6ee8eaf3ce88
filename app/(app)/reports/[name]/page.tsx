import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ReportView } from '@/components/report/report-view'
import { requireActor } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { isReportName, loadReport, ReportQuery } from '../load-report'
import { ReportActions } from '../report-actions'

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> }

export const metadata: Metadata = { title: 'Report' }

export default async function ReportPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { name } = await params
  const query = ReportQuery.safeParse(await searchParams)
  if (!(isReportName(name) && query.success)) notFound()
  const report = await loadReport(actor, name, query.data, now())
  if (report === null) notFound()
  return (
    <>
      <ReportActions name={name} query={query.data} />
      <ReportView report={report} />
    </>
  )
}
