import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ReportView } from '@/components/report/report-view'
import { LinkButton } from '@/components/ui/button'
import { requireActor } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { isReportName, loadReport, type ReportName, ReportQuery } from '../load-report'
import { ReportActions } from '../report-actions'
import { NO_TELEMETRY } from '../report-words'
import { findWeekStart } from '../week'

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> }

const TITLES: Record<ReportName, string> = {
  cm0091: 'CM0091: where it stands',
  week: 'Deviations of a week',
  binary: 'Dossier of a binary',
  decision: 'Dossier of a decision',
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params
  return { title: isReportName(name) ? TITLES[name] : 'Report' }
}

export default async function ReportPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { name } = await params
  const query = ReportQuery.safeParse(await searchParams)
  if (!(isReportName(name) && query.success)) notFound()
  const [report, weekStart] = await Promise.all([
    loadReport(actor, name, query.data, now()),
    name === 'week' ? findWeekStart(actor.scope, query.data.from) : null,
  ])
  if (report === null) notFound()
  return (
    <>
      <ReportActions name={name} query={query.data} weekStart={weekStart} />
      <ReportView report={report} />
      {report.sections.includes(NO_TELEMETRY) && <LinkButton href="/imports">Import logs</LinkButton>}
    </>
  )
}
