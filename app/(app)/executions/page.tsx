import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PartBoundary } from '@/components/failure/failure'
import { type Filter, FilterBar, type Linked } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
import { ComingPanel } from '@/components/table/side-panel'
import { LinkButton } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/state-message'
import { requireActor } from '@/lib/access/current-actor'
import { ExpectedError } from '@/lib/errors'
import { inOwnTurn } from '@/lib/http/own-turn'
import { SENSORS } from '@/lib/pipeline/event/event'
import { type DataWindow, findDataSpan } from '@/lib/store/screens/data-window'
import type { Choice } from '@/lib/store/screens/decision/form'
import type { ResolvedFilter } from '@/lib/store/screens/executions/conditions'
import { parseExecutionRequest, toExecutionFilter } from '@/lib/store/screens/executions/filter'
import { type NamedLinks, nameLinks } from '@/lib/store/screens/executions/named-links'
import { listReached } from '@/lib/store/screens/executions/reached'
import { resolveFilter } from '@/lib/store/screens/executions/resolve-filter'
import { readExecutionKey, searchExecutions, writeExecutionKey } from '@/lib/store/screens/executions/search'
import { type Timeline as Counts, countByTime } from '@/lib/store/screens/executions/timeline'
import { listGroupChoices } from '@/lib/store/screens/host-groups'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { spanOutside } from '@/lib/store/screens/use-outside'
import { DataBeyond } from '../outside-period'
import { PageViews } from '../views/page-views'
import { commandLineParts } from './command-line-parts'
import { ExecutionPanel } from './execution-panel'
import { ExecutionsTable } from './executions-table'
import { ReachedList } from './reached-list'
import { SearchFields } from './search-fields'
import { SENSOR_LABELS } from './sensor-labels'
import { Timeline } from './timeline'
import { toBuckets } from './to-buckets'

export const metadata: Metadata = { title: 'Executions' }

const FILTERS: Filter[] = [
  {
    name: 'masquerading',
    label: 'Masquerading',
    options: [
      { value: 'renamed', label: 'Under another name' },
      { value: 'impostor', label: 'Another program under its name' },
      { value: 'folder', label: 'From an unexpected folder' },
    ],
  },
  {
    name: 'sensor',
    label: 'Sensor',
    options: SENSORS.map((sensor) => ({ value: sensor, label: SENSOR_LABELS[sensor] })),
  },
]
const LINKED: readonly Linked[] = [
  { name: 'binary', label: 'Binary' },
  { name: 'host', label: 'Host' },
  { name: 'user', label: 'User' },
  { name: 'parent', label: 'Parent' },
  { name: 'image', label: 'Image' },
  { name: 'hash', label: 'Hash' },
  { name: 'score', label: 'Score from' },
  ...PERIOD_CHIPS,
]

export default async function ExecutionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const { scope } = actor
  const params = await searchParams
  const request = parseExecutionRequest(params)
  const [span, groups] = await Promise.all([findDataSpan(scope), listGroupChoices(scope)])
  const asksFor = toExecutionFilter(request, span?.to ?? null)
  const header = (
    <PageHeader
      title="Executions"
      description={
        <>
          Every start of a proxy binary, down to the record it was read from.
          {span && <DataBeyond outside={spanOutside(span, daysAround(asksFor.window, span))} />}
        </>
      }
      actions={<PageViews actor={actor} page="/executions" />}
    />
  )
  const [filter, links] = await Promise.all([resolveFilter(scope, asksFor), nameLinks(scope, asksFor)])
  const after = readExecutionKey(request.after)
  const reads = await inOwnTurn(actor, () => ({
    // a count may take longer than the rows: it streams in behind them
    counting: countByTime(scope, filter),
    reaching: listReached(scope, filter.words),
    searching: searchExecutions(scope, filter, { after, pageSize: request.pageSize }),
  })).catch(toBusy)
  if (reads instanceof ExpectedError)
    return (
      <>
        {header}
        <EmptyState title="Too many searches at once">{reads.message}</EmptyState>
      </>
    )
  const asked = JSON.stringify({ ...params, open: undefined })
  const openKey = typeof params['open'] === 'string' ? params['open'] : null
  return (
    <>
      {header}
      <FilterBar
        searchLabel="Command line, hash or process GUID"
        filters={[groupFilter(groups), ...FILTERS]}
        linked={[...namedFilters(links), ...LINKED]}
      />
      <SearchFields />
      {filter.tooShort.length > 0 && (
        <p role="status" className="mb-2">
          Not searched for, because it takes three letters or digits: {filter.tooShort.join(', ')}
        </p>
      )}
      {filter.words.length > 0 && (
        <PartBoundary key={`reached ${asked}`}>
          <Suspense fallback={null}>
            <ReachedList reaching={reads.reaching} />
          </Suspense>
        </PartBoundary>
      )}
      <PartBoundary key={`count ${asked}`}>
        <Suspense fallback={<div className="mb-3 h-28" />}>
          <Counted counting={reads.counting} window={filter.window} newestDay={span?.to ?? null} />
        </Suspense>
      </PartBoundary>
      <PartBoundary key={`rows ${asked}`}>
        <Found
          searching={reads.searching}
          after={request.after}
          newestFirst={request.descending}
          openKey={openKey}
          isEmpty={span === null}
        />
      </PartBoundary>
      {openKey !== null && (
        <Suspense key={openKey} fallback={<ComingPanel title="Execution" />}>
          <ExecutionPanel scope={scope} openKey={openKey} params={params} />
        </Suspense>
      )}
    </>
  )
}

/** Filters whose values are ids, in words. */
function namedFilters({ use, patterns, deviations, files }: NamedLinks): Linked[] {
  return [
    { name: 'signature', label: 'Use', together: use },
    { name: 'pattern', label: 'Pattern', names: patterns },
    { name: 'deviation', label: 'Deviation', names: deviations },
    { name: 'file', label: 'Source file', names: files },
  ]
}

function groupFilter(groups: readonly Choice[]): Filter {
  return {
    name: 'group',
    label: 'Host group',
    options: groups.map(({ name }) => ({ value: name, label: name })),
  }
}

function toBusy(error: unknown): ExpectedError {
  if (error instanceof ExpectedError && error.code === 'busy') return error
  throw error
}

type FoundProps = {
  searching: ReturnType<typeof searchExecutions>
  after: string | null
  newestFirst: boolean
  openKey: string | null
  isEmpty: boolean
}

async function Found({ searching, after, newestFirst, openKey, isEmpty }: FoundProps) {
  const page = await searching
  if (page.rows.length === 0 && isEmpty) return <NothingImported />
  const rows = page.rows.map((row) => ({
    ...row,
    key: writeExecutionKey(row),
    // a cell shows its beginning
    commandLine: row.commandLine?.slice(0, 600) ?? null,
    parts: commandLineParts(row, row),
  }))
  return (
    <ExecutionsTable
      rows={rows}
      after={after}
      next={page.next && writeExecutionKey(page.next)}
      lookedThrough={page.lookedThrough}
      newestFirst={newestFirst}
      openKey={openKey}
    />
  )
}

type CountedProps = {
  counting: Promise<Counts>
  window: ResolvedFilter['window']
  newestDay: string | null
}

async function Counted({ counting, window, newestDay }: CountedProps) {
  const { days, bars, total, complete } = await counting
  if (total === 0) return null
  const count = complete ? countOf(total, 'execution') : `At least ${countOf(total, 'execution')}`
  const buckets = days === null ? bars : toBuckets(days)
  return (
    <Timeline
      // another span of time begins without what was chosen in the last one
      key={`${buckets[0]?.from} ${buckets.length}`}
      buckets={buckets}
      title={`${count} by ${days === null ? 'time' : 'day'} (UTC), ${windowWords(window, newestDay)}`}
    />
  )
}

/** The days that a window of times reaches into. */
function daysAround({ fromUs, untilUs }: ResolvedFilter['window'], span: DataWindow): DataWindow {
  const day = (us: number) => toText(us).slice(0, 'YYYY-MM-DD'.length)
  return {
    from: fromUs === null ? span.from : day(fromUs),
    to: untilUs === null ? span.to : day(untilUs - 1),
  }
}

function windowWords({ fromUs, untilUs }: ResolvedFilter['window'], newestDay: string | null): string {
  if (fromUs === null && untilUs === null) return 'all time'
  const from = fromUs === null ? 'the first record' : toText(fromUs)
  const to =
    untilUs === null ? `the newest data${newestDay === null ? '' : ` (${newestDay})`}` : toText(untilUs - 1)
  return `${from} to ${to}`
}

/** '2026-01-31 08:30' */
function toText(us: number): string {
  return new Date(Math.floor(us / 1000)).toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '')
}

function NothingImported() {
  return (
    <EmptyState title="No executions yet" actions={<LinkButton href="/imports">Import logs</LinkButton>}>
      Once process creations from Sysmon, the Security log or Defender are imported, each start of a proxy
      binary is listed here with its command line, parent and user.
    </EmptyState>
  )
}
