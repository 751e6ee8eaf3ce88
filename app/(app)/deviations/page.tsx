import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ComingPanel } from '@/components/table/side-panel'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { findDataSpan } from '@/lib/store/screens/data-window'
import { listEndingRulings } from '@/lib/store/screens/deviations/ending-rulings'
import { parseDeviationRequest, toDeviationFilter } from '@/lib/store/screens/deviations/filter'
import { loadQueueSeen } from '@/lib/store/screens/deviations/list'
import { listOngoingIncidents } from '@/lib/store/screens/incidents'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { readThreshold } from '@/lib/store/screens/threshold'
import { IncidentBanner } from '../hosts/incidents/incident-banner'
import { PageViews } from '../views/page-views'
import { DeviationPanel } from './deviation-panel'
import { DeviationsTable } from './deviations-table'
import { EndingRulings } from './ending-rulings'
import { QueueChangesProvider } from './queue-changes'
import { StateTabs } from './state-tabs'
import { ThresholdLine } from './threshold-line'

export const metadata: Metadata = { title: 'Deviations' }

type PageProps = { searchParams: Promise<SearchParams> }

export default async function DeviationsPage({ searchParams }: PageProps) {
  const actor = await requireActor()
  const params = await searchParams
  const request = parseDeviationRequest(params)
  const asked = toDeviationFilter(request)
  // the threshold is about open ones
  const showsOpen = asked.states.length === 0 || asked.states.includes('open')
  const readAt = now()
  const [{ rows, total, facets, below }, span, threshold, incidents, ending] = await Promise.all([
    loadQueueSeen(actor.scope, request),
    findDataSpan(actor.scope),
    readThreshold(),
    listOngoingIncidents(actor.scope),
    listEndingRulings(actor.scope, readAt.toISOString().slice(0, 10)),
  ])
  const open = typeof params['open'] === 'string' && params['open'] !== '' ? params['open'] : null
  return (
    <QueueChangesProvider asOf={readAt.getTime() * 1000} total={total} states={facets['state'] ?? []}>
      <PageHeader
        title="Deviations"
        description="What departs from how a host normally uses a binary. One row is one pattern, however often and wherever it was seen; what you say of it also changes earlier scores."
        actions={<PageViews actor={actor} page="/deviations" />}
      />
      <IncidentBanner incidents={incidents} consequence="what its hosts do teaches nothing and is judged" />
      <StateTabs params={params} states={asked.states} />
      {showsOpen && (
        <ThresholdLine
          threshold={threshold}
          params={params}
          below={below}
          shown={asked.below}
          mayTune={actorMay(actor, 'manage-settings')}
        />
      )}
      {Object.values(asked.period).some((bound) => bound !== null) && (
        <p className="mb-3 text-muted">
          Patterns that were seen in the period; their scores, hosts and executions are of all time.
        </p>
      )}
      <EndingRulings rulings={ending} />
      <DeviationsTable
        rows={rows}
        total={total}
        request={request}
        facets={facets}
        openId={open}
        hasData={span !== null}
        actor={{
          accountId: actor.accountId,
          name: actor.name,
          mayTriage: actorMay(actor, 'triage'),
          seesFleet: actor.scope.kind === 'all',
        }}
      />
      {open !== null && (
        <Suspense key={open} fallback={<ComingPanel title="Deviation" />}>
          <DeviationPanel actor={actor} id={open} params={params} />
        </Suspense>
      )}
    </QueueChangesProvider>
  )
}
