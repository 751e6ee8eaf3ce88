import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { UseOverTime } from '@/components/chart/use-over-time'
import { ScoreBadge } from '@/components/state/score-badge'
import { FilterBar } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import { PageHeader, Section } from '@/components/ui/page-header'
import { TableSkeleton } from '@/components/ui/skeleton'
import { RelativeTime } from '@/components/ui/time'
import { withWholeDates } from '@/components/ui/whole-dates'
import { requireActor } from '@/lib/access/current-actor'
import type { Actor, Scope } from '@/lib/pipeline/actor'
import { mayProxy } from '@/lib/pipeline/catalogue/tools/proxying-use'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { DETAIL_DAYS } from '@/lib/pipeline/periods'
import { loadActions } from '@/lib/store/screens/binary/actions'
import { loadDeviationsOf } from '@/lib/store/screens/binary/hosts'
import { loadBinaryPage, loadOpened, loadUse, loadUsersOf } from '@/lib/store/screens/binary/use'
import {
  type BinaryHeader,
  type BinaryView,
  findBinary,
  type Reporting,
} from '@/lib/store/screens/binary/view'
import { type DataWindow, daysOf, findDataSpan, requestedWindow } from '@/lib/store/screens/data-window'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { listDecisionsOn } from '@/lib/store/screens/decisions'
import { keepFresh } from '@/lib/store/screens/kept-fresh'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { findUseOutside } from '@/lib/store/screens/use-outside'
import { CountedAt, CountedLine } from '../../counted-at'
import { NothingInPeriod } from '../../outside-period'
import { WhatIfPanel } from '../../what-if-panel'
import { chosenWindowQuery, windowQuery, windowWords } from '../../window-words'
import { About } from './about'
import { ActionSections } from './action-sections'
import { blockOf } from './block-of'
import { DecisionPanel } from './decision-panel'
import { DeviationTable } from './deviation-table'
import { HostSection } from './host-section'
import { ImageSection } from './image-section'
import { NecessitySection } from './necessity-section'
import { toSeries } from './to-series'
import { openedOf, UseMapSection } from './use-map-section'
import { UseTable } from './use-table'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).slug) }
}

export default async function BinaryPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { slug } = await params
  const [entry, span] = await Promise.all([findBinary(decodeURIComponent(slug)), findDataSpan(actor.scope)])
  if (!entry) notFound()
  const asked = await searchParams
  const request = parseTableRequest(asked, {
    sorts: ['name'],
    defaultSort: 'name',
    filters: ['days', 'from', 'to', 'host', 'group'],
  })
  const window = span && requestedWindow(span, request, DETAIL_DAYS)
  const here = `binary=${encodeURIComponent(entry.slug)}${chosenWindowQuery(window, request)}`
  keepFresh(JSON.stringify(['binary', actor.scope, entry.id]), () =>
    loadBinaryPage(actor.scope, entry.slug, DETAIL_DAYS),
  )
  const decisions = await listDecisionsOn(actor.scope, entry.slug, judgeOf(actor))
  return (
    <>
      <PageHeader
        title={entry.name}
        description={entry.description}
        badges={<Badges entry={entry} />}
        actions={
          <>
            <LinkButton variant="quiet" href={`/reports/binary?binary=${encodeURIComponent(entry.slug)}`}>
              Dossier
            </LinkButton>
            <LinkButton href={`/deviations?${here}&state=all`}>Deviations</LinkButton>
            <LinkButton href={`/attempts?${here}`}>Attempts</LinkButton>
            <LinkButton href={`/executions?binary=${encodeURIComponent(entry.slug)}${windowQuery(window)}`}>
              Executions
            </LinkButton>
          </>
        }
      />
      <div className="grid gap-x-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <About entry={entry} />
        </div>
        <DecisionPanel entry={entry} decisions={decisions} actor={actor} />
      </div>
      <Suspense fallback={<TableSkeleton rows={8} />}>
        <NecessitySection
          scope={actor.scope}
          entry={entry}
          group={request.filters['group']?.[0] ?? null}
          params={asked}
        />
      </Suspense>
      <WhatIf entry={entry} params={asked} actor={actor} />
      {window === null ? (
        <Section title="Use">
          <p className="text-muted">{windowWords(null)} Import logs to see how it is used here.</p>
        </Section>
      ) : (
        <Suspense fallback={<TableSkeleton rows={14} />}>
          <Use
            entry={entry}
            window={window}
            host={request.filters['host']?.[0] ?? null}
            group={request.filters['group']?.[0] ?? null}
            params={asked}
            scope={actor.scope}
          />
        </Suspense>
      )}
    </>
  )
}

type WhatIfProps = { entry: BinaryHeader; params: SearchParams; actor: Actor }

function WhatIf({ entry, params, actor }: WhatIfProps) {
  if (entry.kind !== 'binary') return null
  const { control, ...block } = blockOf(entry, params)
  return (
    <Section
      title="What would a block interrupt?"
      id="what-if"
      description="Choose a control and what to spare: stored use is replayed against it. Nothing is blocked by looking."
    >
      <Suspense fallback={<TableSkeleton rows={14} />}>
        <WhatIfPanel
          scope={actor.scope}
          entry={entry}
          block={block}
          control={control}
          mayPropose={actorMay(actor, 'propose')}
        />
      </Suspense>
    </Section>
  )
}

function Badges({ entry }: { entry: BinaryHeader }) {
  return (
    <>
      <Badge title="How the catalogue treats it">{entry.tier}</Badge>
      {entry.namedInMission && <Badge tone="info">named by CM0091</Badge>}
      {entry.retired && <Badge tone="warn">retired</Badge>}
      {!(entry.counted || entry.retired) && (
        <Badge
          tone="warn"
          title={
            mayProxy(entry.slug)
              ? 'Only executions that have it run or fetch something are stored: an administrator can turn on the others'
              : 'Its executions are not stored: an administrator can turn it on'
          }
        >
          {mayProxy(entry.slug) ? 'counted in part' : 'not counted'}
        </Badge>
      )}
    </>
  )
}

type UseProps = {
  entry: BinaryHeader
  window: DataWindow
  host: string | null
  group: string | null
  params: SearchParams
  scope: Scope
}

async function Use({ entry, window, host, group, params, scope }: UseProps) {
  const view = { entryId: entry.id, window, host, group }
  const days = daysOf(window)
  const asked = openedOf(params)
  const [{ value: use, at }, opened, deviations, outside] = await Promise.all([
    loadUse(scope, view, entry),
    asked && loadOpened(scope, view, asked),
    loadDeviationsOf(scope, entry.id),
    findUseOutside(scope, view),
  ])
  const { totals, reporting, series, map, patterns, parents, images, masquerading, hosts } = use
  const query = `binary=${encodeURIComponent(entry.slug)}${windowQuery(window)}${placeQuery({ host, group })}`
  const groupOptions = reporting.groups.map(({ name, hosts: count }) => ({ value: name, label: name, count }))
  const hostOptions = hosts.using
    .slice(0, 100)
    .map(({ name, executions }) => ({ value: name, label: name, count: executions }))
  return (
    <>
      <FilterBar
        filters={[
          { name: 'group', label: 'Host group', single: true, options: groupOptions },
          { name: 'host', label: 'Host', single: true, options: hostOptions },
        ]}
        linked={PERIOD_CHIPS}
      />
      <p className="mb-4">
        {countOf(totals.executions, 'execution')} on {countOf(totals.hosts, 'host')} of{' '}
        {countOf(reporting.fleet, 'reporting host')}, last <RelativeTime at={totals.lastAt} />; highest score{' '}
        <ScoreBadge millibits={totals.highestScoreMillibits} />.{' '}
        <span className="text-muted">{withWholeDates(windowWords(window))}</span> <CountedAt at={at} />
      </p>
      {totals.executions === 0 && <NothingInPeriod what="executions" outside={outside} />}
      <Section title="Use over time">
        <UseOverTime
          title={`${entry.slug} runs a day, by host group`}
          days={days}
          series={toSeries(series)}
        />
      </Section>
      <UseMapSection
        slug={entry.slug}
        entryId={entry.id}
        map={map}
        opened={opened}
        query={query}
        params={params}
      />
      <Section
        title="Command patterns"
        id="patterns"
        actions={
          <a href={`/api/exports/baselines.csv?${query}`} download className="text-accent hover:underline">
            CSV by host, parent and pattern
          </a>
        }
      >
        <UseTable
          kind="pattern"
          entryId={entry.id}
          breakdown={patterns}
          reporting={reporting}
          query={query}
        />
      </Section>
      <Section title="Parents" id="parents">
        <UseTable kind="parent" entryId={entry.id} breakdown={parents} reporting={reporting} query={query} />
      </Section>
      <Section title="Users" id="users">
        <Suspense fallback={<TableSkeleton rows={8} />}>
          <Users view={view} reporting={reporting} query={query} scope={scope} />
        </Suspense>
      </Section>
      <ImageSection images={images} masquerading={masquerading} query={query} />
      <Suspense fallback={<TableSkeleton rows={8} />}>
        <Actions view={view} slug={entry.slug} query={query} scope={scope} />
      </Suspense>
      <HostSection hosts={hosts} window={window} slug={entry.slug} />
      <Section title="Deviations" id="deviations">
        <DeviationTable deviations={deviations} />
      </Section>
    </>
  )
}

/** The host and the group in view, as lists of executions take them. */
function placeQuery(place: Pick<UseProps, 'host' | 'group'>): string {
  return Object.entries(place)
    .map(([name, value]) => (value === null ? '' : `&${name}=${encodeURIComponent(value)}`))
    .join('')
}

type UsersProps = { view: BinaryView; reporting: Reporting; query: string; scope: Scope }

async function Users({ view, reporting, query, scope }: UsersProps) {
  const { value: users, at } = await loadUsersOf(scope, view)
  return (
    <>
      <CountedLine at={at} />
      <UseTable kind="user" entryId={view.entryId} breakdown={users} reporting={reporting} query={query} />
    </>
  )
}

type ActionsProps = { view: BinaryView; slug: string; query: string; scope: Scope }

async function Actions({ view, slug, query, scope }: ActionsProps) {
  const { value: actions, at } = await loadActions(scope, view, slug)
  return (
    <>
      <CountedAt at={at} />
      <ActionSections {...actions} query={query} />
    </>
  )
}
