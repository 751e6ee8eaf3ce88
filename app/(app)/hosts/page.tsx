import type { Metadata } from 'next'
import { COVERAGE_WORDS } from '@/components/baseline/coverage-words'
import { FilterBar } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
import { LinkButton } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { withWholeDates } from '@/components/ui/whole-dates'
import { requireActor } from '@/lib/access/current-actor'
import { COVERAGE_CLASSES } from '@/lib/pipeline/baseline/coverage'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { SENSORS } from '@/lib/pipeline/event/event'
import { LIST_DAYS } from '@/lib/pipeline/periods'
import { findDataSpan, requestedWindow } from '@/lib/store/screens/data-window'
import { ARRIVING_KINDS } from '@/lib/store/screens/host/arrivals'
import { listGroupChoices } from '@/lib/store/screens/host-groups'
import { HOST_FILTERS, HOST_SORTS, listHostsSeen } from '@/lib/store/screens/hosts'
import { listOngoingIncidents } from '@/lib/store/screens/incidents'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { spanOutside } from '@/lib/store/screens/use-outside'
import { CountedLine } from '../counted-at'
import { SENSOR_LABELS } from '../executions/sensor-labels'
import { DataBeyond } from '../outside-period'
import { PageViews } from '../views/page-views'
import { windowQuery, windowWords } from '../window-words'
import { KIND_WORDS } from './[id]/coverage-rows'
import { HostsTable } from './hosts-table'
import { IncidentBanner } from './incidents/incident-banner'

export const metadata: Metadata = { title: 'Hosts' }

export default async function HostsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const request = parseTableRequest(await searchParams, {
    sorts: HOST_SORTS,
    defaultSort: 'executions',
    filters: HOST_FILTERS,
  })
  const [span, groups] = await Promise.all([findDataSpan(actor.scope), listGroupChoices(actor.scope)])
  const window = span && requestedWindow(span, request, LIST_DAYS)
  const { rows, total, at } = await listHostsSeen(actor.scope, request, window)
  return (
    <>
      <PageHeader
        title="Hosts"
        description={
          <>
            Machines that sent telemetry, what they use and how well they are known.{' '}
            {withWholeDates(windowWords(window))}
            {window && <DataBeyond outside={spanOutside(span, window)} />}
          </>
        }
        actions={
          <>
            <PageViews actor={actor} page="/hosts" />
            <LinkButton href="/hosts/incidents">Incidents</LinkButton>
            {actorMay(actor, 'manage-hosts') && (
              <LinkButton href="/settings/host-groups">Host groups</LinkButton>
            )}
          </>
        }
      />
      <IncidentBanner
        incidents={await listOngoingIncidents(actor.scope)}
        consequence="what its hosts do teaches nothing and is judged"
      />
      <FilterBar
        searchLabel="Search host names"
        filters={[
          {
            name: 'group',
            label: 'Group',
            options: [
              ...groups.map(({ name }) => ({ value: name, label: name })),
              { value: 'none', label: 'No group' },
            ],
          },
          {
            name: 'sensor',
            label: 'Sensor',
            options: SENSORS.map((sensor) => ({ value: sensor, label: SENSOR_LABELS[sensor] })),
          },
          {
            name: 'coverage',
            label: 'Coverage',
            options: COVERAGE_CLASSES.map((value) => ({ value, label: COVERAGE_WORDS[value].label })),
          },
          {
            name: 'sends',
            label: 'Sends',
            options: ARRIVING_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
          },
        ]}
        linked={PERIOD_CHIPS}
      />
      <CountedLine at={at} />
      <HostsTable
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...HOST_FILTERS]}
        windowQuery={windowQuery(window)}
        mayMerge={actorMay(actor, 'manage-hosts')}
      />
    </>
  )
}
