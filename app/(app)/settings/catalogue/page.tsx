import type { Metadata } from 'next'
import { FilterBar } from '@/components/table/filter-bar'
import { requireActor } from '@/lib/access/current-actor'
import { CATALOGUE_FILTERS, CATALOGUE_SORTS, listCatalogue } from '@/lib/store/screens/catalogue'
import { findLastJob } from '@/lib/store/screens/jobs'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { CatalogueTable } from './catalogue-table'
import { JobLine } from './job-line'

export const metadata: Metadata = { title: 'Catalogue' }

const FILTERS = [
  {
    name: 'status',
    label: 'Status',
    options: [
      { value: 'on', label: 'Counted' },
      { value: 'off', label: 'Not counted' },
      { value: 'retired', label: 'Retired' },
    ],
  },
  {
    name: 'tier',
    label: 'Tier',
    options: [
      { value: 'baseline', label: 'Baseline' },
      { value: 'optional', label: 'Optional' },
      { value: 'context', label: 'Context only' },
    ],
  },
  {
    name: 'kind',
    label: 'Kind',
    options: [
      { value: 'binary', label: 'Binary' },
      { value: 'library', label: 'Library' },
      { value: 'script', label: 'Script' },
    ],
  },
  {
    name: 'origin',
    label: 'Origin',
    options: [
      { value: 'built-in', label: 'Built in' },
      { value: 'lolbas', label: 'LOLBAS' },
      { value: 'admin', label: 'Added here' },
    ],
  },
]

export default async function CataloguePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireActor('manage-catalogue')
  const request = parseTableRequest(await searchParams, {
    sorts: CATALOGUE_SORTS,
    defaultSort: 'name',
    defaultDescending: false,
    filters: CATALOGUE_FILTERS,
  })
  const [{ rows, total }, job] = await Promise.all([listCatalogue(request), findLastJob()])
  return (
    <>
      <p className="mb-4 max-w-[90ch] text-muted">
        What counts as a proxy binary. A change holds from now on and for the past: executions already stored
        appear or leave the baselines. Nothing is lost by retiring an entry; restoring brings its executions
        back.
      </p>
      <JobLine job={job} />
      <FilterBar searchLabel="Search names and descriptions" filters={FILTERS} />
      <CatalogueTable
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...CATALOGUE_FILTERS]}
      />
    </>
  )
}
