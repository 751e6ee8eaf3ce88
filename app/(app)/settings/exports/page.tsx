import type { Metadata } from 'next'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { RETRY_WORDS } from '@/lib/pipeline/decision/notification'
import { EXPORT_NAMES } from '@/lib/store/exports/registry'
import { listExportRuns, listExportSchedules } from '@/lib/store/screens/export-schedules'
import { RunsTable } from './runs-table'
import { SchedulesTable } from './schedules-table'

export const metadata: Metadata = { title: 'Exports' }

export default async function ExportSchedulesPage() {
  await requireActor('schedule-exports')
  const [schedules, runs] = await Promise.all([listExportSchedules(), listExportRuns()])
  return (
    <>
      <Section
        title="Scheduled exports"
        description="CSV of a table with the filters of its page, of all hosts, written to a folder or posted to a webhook. Times are UTC. A time for which no worker ran is not made up."
      >
        <SchedulesTable
          schedules={schedules}
          exports={EXPORT_NAMES}
          folders={env('CORDON_EXPORT_FOLDERS')}
          nowUs={now().getTime() * 1000}
        />
      </Section>
      <Section
        title="Runs"
        description={`The last 50; kept for 90 days. ${RETRY_WORDS}, or until the next time is due. Files in a folder are never removed from here.`}
      >
        <RunsTable runs={runs} />
      </Section>
    </>
  )
}
