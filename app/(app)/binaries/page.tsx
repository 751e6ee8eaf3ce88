import type { Metadata } from 'next'
import { DECISION_OPTIONS } from '@/components/state/state-badge'
import { FilterBar } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
import { PageHeader } from '@/components/ui/page-header'
import { withWholeDates } from '@/components/ui/whole-dates'
import { requireActor } from '@/lib/access/current-actor'
import { LIVE_STATES } from '@/lib/pipeline/decision/states'
import { LIST_DAYS } from '@/lib/pipeline/periods'
import {
  BINARY_FILTERS,
  BINARY_SORTS,
  type BinaryOptions,
  listBinaries,
  listBinaryOptions,
} from '@/lib/store/screens/binaries'
import { findDataSpan, requestedWindow } from '@/lib/store/screens/data-window'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { spanOutside } from '@/lib/store/screens/use-outside'
import { CountedLine } from '../counted-at'
import { DataBeyond } from '../outside-period'
import { PageViews } from '../views/page-views'
import { windowQuery, windowWords } from '../window-words'
import { BinariesTable } from './binaries-table'

export const metadata: Metadata = { title: 'Binaries' }

/** Only these count for a binary. */
const LIVE: readonly string[] = LIVE_STATES

export default async function BinariesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const { scope } = actor
  const request = parseTableRequest(await searchParams, {
    sorts: BINARY_SORTS,
    defaultSort: 'executions',
    filters: BINARY_FILTERS,
  })
  const [span, options] = await Promise.all([findDataSpan(scope), listBinaryOptions()])
  const window = span && requestedWindow(span, request, LIST_DAYS)
  const { rows, total, at } = await listBinaries(scope, request, window)
  return (
    <>
      <PageHeader
        title="Binaries"
        description={
          <>
            Programs that can run other code, and how they are used here.{' '}
            {withWholeDates(windowWords(window))}
            {window && <DataBeyond outside={spanOutside(span, window)} />}
          </>
        }
        actions={<PageViews actor={actor} page="/binaries" />}
      />
      <FilterBar
        searchLabel="Search names and descriptions"
        filters={filtersOf(options)}
        linked={PERIOD_CHIPS}
      />
      <CountedLine at={at} />
      <BinariesTable
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...BINARY_FILTERS]}
        windowQuery={windowQuery(window)}
      />
    </>
  )
}

function filtersOf({ techniques, countermeasures }: BinaryOptions) {
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  return [
    {
      name: 'decision',
      label: 'Decision',
      options: [
        { value: 'undecided', label: 'Undecided' },
        ...DECISION_OPTIONS.filter(({ value }) => LIVE.includes(value)),
      ],
    },
    {
      name: 'seen',
      label: 'Seen',
      single: true,
      options: [
        { value: 'yes', label: 'Seen here' },
        { value: 'no', label: 'Never seen here' },
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
    { name: 'technique', label: 'Technique', options: plain(techniques) },
    { name: 'countermeasure', label: 'Countermeasure', options: plain(countermeasures) },
    {
      name: 'named',
      label: 'CM0091',
      single: true,
      options: [{ value: 'yes', label: 'Named by CM0091' }],
    },
    {
      name: 'show',
      label: 'Show',
      single: true,
      options: [{ value: 'all', label: 'The whole catalogue' }],
    },
  ]
}
