import type { Metadata } from 'next'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { KeyValueList } from '@/components/ui/key-value-list'
import { countOf, formatBytes, formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { today } from '@/lib/clock'
import { listStoredMonths, loadRetention, type StoredMonth } from '@/lib/store/screens/retention'
import { loadStatus, type Status } from '@/lib/store/screens/status'
import { RetentionForm } from './retention-form'

export const metadata: Metadata = { title: 'System' }

const COLUMNS: PlainColumn<StoredMonth>[] = [
  { id: 'month', header: 'Month', cell: ({ month }) => month },
  {
    id: 'executions',
    header: 'Executions',
    align: 'right',
    cell: (row) => `≈ ${formatNumber(row.executions)}`,
  },
  {
    id: 'processes',
    header: 'Process creations',
    align: 'right',
    cell: (row) => `≈ ${formatNumber(row.processes)}`,
  },
  { id: 'size', header: 'On disk', align: 'right', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
]

export default async function SystemPage() {
  await requireActor('manage-settings')
  const [status, retention, months] = await Promise.all([loadStatus(), loadRetention(), listStoredMonths()])
  return (
    <>
      <Section
        title="State"
        description="The same figures are at /api/metrics for Prometheus, and /api/health answers load balancers."
      >
        <KeyValueList items={stateOf(status)} />
      </Section>
      <Section
        title="What is kept"
        description="Baselines, scores and daily counts stay whatever is let go of; single executions, their lineage and original records do not. Records older than what is kept are refused and counted."
      >
        <RetentionForm retention={retention} months={months} today={today()} />
      </Section>
      <Section title="Stored by month" description="Rows as PostgreSQL last counted them.">
        <PlainTable
          label="Stored by month"
          columns={COLUMNS}
          rows={months}
          rowId={({ month }) => month}
          empty="Nothing is stored yet: import logs on the Imports page."
        />
      </Section>
    </>
  )
}

function stateOf({ workers, databaseBytes, connections, uploads, computing, jobs }: Status) {
  const waiting = uploads.reduce((sum, one) => sum + one.uploads, 0)
  const asked = jobs.filter(({ state }) => state === 'queued' || state === 'running')
  return [
    {
      label: 'Worker',
      value:
        workers > 0 ? (
          <Badge tone="good">{countOf(workers, 'worker')} connected</Badge>
        ) : (
          <Badge tone="bad">none: imports wait and nothing is computed</Badge>
        ),
    },
    { label: 'Imports not finished', value: formatNumber(waiting) },
    {
      label: 'Hosts to compute',
      value:
        computing.fromDay === null
          ? 'none: baselines and scores are up to date'
          : `${countOf(computing.hosts, 'host')}, from ${computing.fromDay}`,
    },
    { label: 'Jobs', value: formatNumber(asked.reduce((sum, one) => sum + one.jobs, 0)) },
    { label: 'Database', value: formatBytes(databaseBytes) },
    {
      label: 'Connections',
      value: `${formatNumber(connections.used)} of ${formatNumber(connections.limit)}`,
    },
  ]
}
