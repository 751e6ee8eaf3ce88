'use client'

import { ScrollText } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { InertText } from '@/components/command-line/inert-text'
import type { Column } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { FilterBar } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
import type { Sort } from '@/components/table/table-head'
import { timeColumn } from '@/components/table/time-column'
import { Nothing } from '@/components/ui/nothing'
import { EmptyState } from '@/components/ui/state-message'
import { canonicalJson } from '@/lib/pipeline/decision/audit-content'
import type { AuditFacet, AuditFacets, AuditRow } from '@/lib/store/screens/audit'
import { DayFields } from './day-fields'
import { detailWords } from './detail-words'
import { keptWords } from './kept-words'
import { SubjectLink } from './subject-link'

const COLUMNS: readonly Column<AuditRow>[] = [
  timeColumn((row) => row.at),
  {
    id: 'actor',
    header: 'Actor',
    width: 148,
    cell: (row) => (
      <span title={row.actorKind}>
        <bdi>{row.actor}</bdi>
        {row.actorKind !== 'account' && <span className="text-muted"> ({row.actorKind})</span>}
      </span>
    ),
  },
  { id: 'action', header: 'Action', width: 180, cell: (row) => keptWords(row.action) },
  { id: 'subject', header: 'Subject', width: 200, cell: (row) => <SubjectLink row={row} /> },
  {
    id: 'detail',
    header: 'Detail',
    cell: (row) => <Detail detail={row.detail} />,
  },
  { id: 'entry', header: 'Entry', width: 80, align: 'right', optional: true, cell: (row) => row.id },
]
const FILTER_NAMES = ['actor', 'action', 'subject', 'id', 'from', 'to'] as const

type AuditTableProps = {
  rows: readonly AuditRow[]
  after: string | null
  next: string | null
  sort: Sort
  facets: AuditFacets
}

export function AuditTable({ rows, after, next, sort, facets }: AuditTableProps) {
  const search = useSearchParams()
  return (
    <>
      <FilterBar
        searchLabel="Search details"
        filters={[
          { name: 'actor', label: 'Actor', options: facets.actor.map(named) },
          {
            name: 'action',
            label: 'Action',
            options: facets.action.map((one) => ({ ...one, label: keptWords(one.value) })),
          },
          {
            name: 'subject',
            label: 'Kind of subject',
            options: facets.subject.map((one) => ({ ...one, label: keptWords(one.value) })),
          },
        ]}
        linked={[{ name: 'id', label: 'Subject' }, ...PERIOD_CHIPS]}
      />
      <DayFields />
      <DataTable
        label="entries"
        columns={COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        filterNames={FILTER_NAMES}
        sort={sort}
        csvHref={`/api/exports/audit.csv?${search}`}
        paging={{ kind: 'keyset', after, next, total: null }}
        empty={
          <EmptyState icon={<ScrollText aria-hidden />} title="Nobody changed anything yet">
            Every change that a person, a key or the system makes is written down here.
          </EmptyState>
        }
      />
    </>
  )
}

function named(facet: AuditFacet) {
  return { ...facet, label: facet.value }
}

/** Whatever it says is shown as text, as it is kept on hover. */
function Detail({ detail }: { detail: AuditRow['detail'] }) {
  const words = detailWords(detail)
  if (words === '') return <Nothing />
  return (
    <span title={canonicalJson(detail)} dir="ltr" className="block truncate">
      <InertText text={words} />
    </span>
  )
}
