import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { InertText } from '@/components/command-line/inert-text'
import { FilterBar } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { PageHeader, Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import type { Scope } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { DETAIL_DAYS } from '@/lib/pipeline/periods'
import { loadReporting } from '@/lib/store/screens/binary/view'
import { type DataWindow, daysOf, findDataSpan, requestedWindow } from '@/lib/store/screens/data-window'
import { loadArrivalsOf } from '@/lib/store/screens/host/arrivals'
import { type BinaryBaseline, loadHostBaseline } from '@/lib/store/screens/host/baseline'
import { findHost, findHostNamed, type HostHeader, loadCoverageOf } from '@/lib/store/screens/host/find-host'
import { loadHostNames } from '@/lib/store/screens/host/names'
import { loadTimeline } from '@/lib/store/screens/host/timeline'
import { listIncidentsOfHost } from '@/lib/store/screens/incidents'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { chosenWindowQuery, windowQuery, windowWords } from '../../window-words'
import { IncidentBanner } from '../incidents/incident-banner'
import { BinaryBaselines } from './binary-baselines'
import { CoverageStrip } from './coverage-strip'
import { HostNames } from './host-names'
import { HostTimeline } from './host-timeline'
import { UnusualSection } from './unusual-section'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export const metadata: Metadata = { title: 'Host' }

/** Of each binary; a host that installs or builds all day has hundreds, each once. */
const MOST_WAYS = 100

export default async function HostPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { scope } = actor
  const { id } = await params
  const [host, span] = await Promise.all([
    /^\d{1,9}$/.test(id) ? findHost(scope, Number(id)) : null,
    findDataSpan(scope),
  ])
  if (!host) {
    const named = await findHostNamed(scope, decodeURIComponent(id))
    if (named === null) notFound()
    redirect(`/hosts/${named}`)
  }
  if (host.mergedInto !== null) redirect(`/hosts/${host.mergedInto}`)
  const request = parseTableRequest(await searchParams, {
    sorts: ['name'],
    defaultSort: 'name',
    filters: ['days', 'from', 'to'],
  })
  const window = span && requestedWindow(span, request, DETAIL_DAYS)
  const here = `host=${encodeURIComponent(host.name)}`
  const then = chosenWindowQuery(window, request)
  return (
    <>
      <PageHeader
        title={<InertText text={host.name} />}
        name={host.name}
        description={namesWords(host)}
        badges={<Badge>{host.group ?? 'no group'}</Badge>}
        actions={
          <>
            {actorMay(actor, 'declare-incident') && (
              <LinkButton variant="quiet" href={`/hosts/incidents?${here}`}>
                Declare an incident
              </LinkButton>
            )}
            <LinkButton href={`/deviations?${here}${then}&state=all`}>Deviations</LinkButton>
            <LinkButton href={`/attempts?${here}${then}`}>Attempts</LinkButton>
            <LinkButton href={`/executions?${here}${windowQuery(window)}`}>Executions</LinkButton>
          </>
        }
      />
      <Incidents host={host} scope={scope} />
      {window === null ? <p>{windowWords(null)}</p> : <Known host={host} window={window} scope={scope} />}
      {(host.aliases.length > 1 || host.aliases.some(({ pinned }) => pinned)) && (
        <Section
          title="Names"
          id="names"
          description="What its records call it. Names that differ in case or in a missing domain are one machine; the same short name in two domains is two."
        >
          <HostNames
            hostId={host.id}
            names={await loadHostNames(scope, [host.id])}
            maySplit={actorMay(actor, 'manage-hosts')}
          />
        </Section>
      )}
    </>
  )
}

function namesWords(host: HostHeader): string | undefined {
  const others = host.aliases.filter(({ alias }) => alias !== host.name)
  return others.length === 0 ? undefined : `Also reports as ${others.map(({ alias }) => alias).join(', ')}.`
}

function withBusiest(one: BinaryBaseline): BinaryBaseline & { ways: number } {
  return { ...one, uses: one.uses.slice(0, MOST_WAYS), ways: one.uses.length }
}

type PartProps = { host: HostHeader; scope: Scope }

async function Incidents({ host, scope }: PartProps) {
  return (
    <IncidentBanner
      incidents={await listIncidentsOfHost(scope, host.id)}
      consequence="what it did then teaches nothing and is judged"
    />
  )
}

async function Known({ host, window, scope }: PartProps & { window: DataWindow }) {
  const [coverage, arrivals, baseline, reporting, timeline] = await Promise.all([
    loadCoverageOf(scope, host.id, window),
    loadArrivalsOf(scope, host.id, window),
    loadHostBaseline(scope, host, window),
    loadReporting(scope, window),
    loadTimeline(scope, host.id, window),
  ])
  return (
    <>
      <FilterBar filters={[]} linked={PERIOD_CHIPS} />
      <Section
        title="Coverage"
        actions={
          <a
            href={`/api/exports/coverage.csv?host=${encodeURIComponent(host.name)}${windowQuery(window)}`}
            download
            className="text-accent hover:underline"
          >
            CSV
          </a>
        }
        description={`Which kinds of events arrived, by day. ${windowWords(window)}`}
      >
        <CoverageStrip
          coverage={coverage}
          arrivals={arrivals}
          days={daysOf(window)}
          everHref={`/hosts/${host.id}?days=all`}
        />
      </Section>
      <UnusualSection
        host={host}
        baseline={baseline}
        reporting={reporting}
        windowQuery={windowQuery(window)}
      />
      <Section
        title="Baseline"
        id="baseline"
        actions={
          <a
            href={`/api/exports/baselines.csv?host=${encodeURIComponent(host.name)}${windowQuery(window)}`}
            download
            className="text-accent hover:underline"
          >
            CSV
          </a>
        }
        description={`What it does with each binary, beside its group${host.group === null ? ' (it has none)' : ` (${host.group})`} and the fleet: hosts whose baselines hold the same command pattern, of the hosts that reported.`}
      >
        <BinaryBaselines
          host={host}
          baseline={baseline.map(withBusiest)}
          reporting={reporting}
          windowQuery={windowQuery(window)}
        />
      </Section>
      <Section title="Newest executions and deviations" id="timeline">
        <HostTimeline host={host.name} timeline={timeline} windowFrom={window.from} />
      </Section>
    </>
  )
}
