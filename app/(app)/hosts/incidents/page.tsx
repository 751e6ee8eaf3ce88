import type { Metadata } from 'next'
import { PageHeader, Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { findDataSpan } from '@/lib/store/screens/data-window'
import { listHostGroups } from '@/lib/store/screens/host-groups'
import { importViewer } from '@/lib/store/screens/imports'
import { listIncidents } from '@/lib/store/screens/incidents'
import { findPendingWork } from '@/lib/store/screens/overview/work'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { WorkLine } from '../../overview/work-line'
import { DeclareIncident } from './declare-incident'
import { IncidentsTable } from './incidents-table'

export const metadata: Metadata = { title: 'Incidents' }

export default async function IncidentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const { filters } = parseTableRequest(await searchParams, {
    sorts: ['from'],
    defaultSort: 'from',
    filters: ['host'],
  })
  const [incidents, groups, span, work] = await Promise.all([
    listIncidents(actor.scope),
    listHostGroups(),
    findDataSpan(actor.scope),
    findPendingWork(importViewer(actor)),
  ])
  const { scope } = actor
  const seen = groups.filter(({ id }) => scope.kind === 'all' || scope.groupIds.includes(id))
  return (
    <>
      <PageHeader
        title="Incidents"
        description="A window in which some hosts were not in their owner's hands. Its days teach nothing, not even what was expected before, and are judged by another group's baseline instead of the hosts' own past. Ending or withdrawing one works backwards."
      />
      <WorkLine work={work} />
      {actorMay(actor, 'declare-incident') && (
        <Section title="Declare an incident">
          <DeclareIncident
            groups={groups.map(({ id, name }) => ({ id, name }))}
            scopeGroups={seen.map(({ id, name }) => ({ id, name }))}
            host={filters['host']?.[0] ?? ''}
            newestDay={span?.to ?? null}
          />
        </Section>
      )}
      <Section title="Declared so far">
        <IncidentsTable incidents={incidents} mayDeclare={actorMay(actor, 'declare-incident')} />
      </Section>
    </>
  )
}
