'use client'

import { ShieldBan } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { OUTCOME_OPTIONS } from '@/components/state/state-badge'
import { DataTable } from '@/components/table/data-table'
import { FilterBar } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
import type { Sort } from '@/components/table/table-head'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import { CONTROLS } from '@/lib/pipeline/event/event'
import type { AttemptFacets, AttemptRow } from '@/lib/store/screens/attempts'
import { COLUMNS } from './columns'
import { CONTROL_LABELS } from './control-labels'

type AttemptsTableProps = {
  rows: readonly AttemptRow[]
  after: string | null
  next: string | null
  sort: Sort
  facets: AttemptFacets
  filterNames: readonly string[]
}

export function AttemptsTable({ rows, after, next, sort, facets, filterNames }: AttemptsTableProps) {
  const search = useSearchParams()
  return (
    <>
      <FilterBar
        searchLabel="File, rule, user or host"
        filters={[
          {
            name: 'outcome',
            label: 'Outcome',
            options: OUTCOME_OPTIONS.map(({ value, label }) => option(value, label, facets.outcome)),
          },
          {
            name: 'control',
            label: 'Control',
            options: CONTROLS.map((value) => option(value, CONTROL_LABELS[value], facets.control)),
          },
          {
            name: 'host',
            label: 'Host',
            options: facets.host.map((facet) => ({ ...facet, label: facet.value })),
          },
          {
            name: 'binary',
            label: 'Binary',
            options: facets.binary.map((facet) => ({ ...facet, label: facet.value })),
          },
        ]}
        linked={[{ name: 'decision', label: 'Decision' }, ...PERIOD_CHIPS]}
      />
      <DataTable
        label="attempts"
        columns={COLUMNS}
        rows={rows}
        rowId={(row) => row.key}
        filterNames={filterNames}
        sort={sort}
        csvHref={`/api/exports/attempts.csv?${search}`}
        paging={{ kind: 'keyset', after, next, total: null }}
        empty={<NoAttempts />}
      />
    </>
  )
}

function option(value: string, label: string, facet: AttemptFacets['host']) {
  return { value, label, count: facet.find((one) => one.value === value)?.count ?? 0 }
}

function NoAttempts() {
  return (
    <EmptyState
      icon={<ShieldBan aria-hidden />}
      title="No control has reported anything yet"
      actions={<LinkButton href="/imports">Import logs</LinkButton>}
    >
      Windows’ own controls write down what they block and, while they audit, what they would block. Turn
      auditing on and send their logs:
      <ul className="mt-2 list-disc pl-5 text-left">
        <li>AppLocker, rules set to Audit only: events 8003 (would block) and 8004 (blocked)</li>
        <li>App Control, a policy in audit mode: events 3076 (would block) and 3077 (blocked)</li>
        <li>Attack surface reduction, rules set to Audit: events 1122 (would block) and 1121 (blocked)</li>
        <li>Windows Filtering Platform, failures of Filtering Platform Connection audited: event 5157</li>
      </ul>
    </EmptyState>
  )
}
