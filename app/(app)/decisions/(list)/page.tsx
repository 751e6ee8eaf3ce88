import type { Metadata } from 'next'
import { DECISION_OPTIONS, VERDICT_OPTIONS } from '@/components/state/state-badge'
import { FilterBar } from '@/components/table/filter-bar'
import { LinkButton } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { listAlarms } from '@/lib/store/screens/decision/alarms'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { findDelegations, listOwners } from '@/lib/store/screens/decision/form'
import { DECISION_FILTERS, DECISION_SORTS, listDecisions } from '@/lib/store/screens/decisions'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { PageViews } from '../../views/page-views'
import { AlarmList } from '../alarm-list'
import { BatchBar, BatchLinks } from '../batch-bar'
import { DecisionsTable } from '../decisions-table'
import { DelegationLine, StandInButton } from '../delegation-line'

export const metadata: Metadata = { title: 'Decisions' }

export default async function DecisionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const params = await searchParams
  const request = parseTableRequest(params, {
    sorts: DECISION_SORTS,
    // what awaits somebody comes in the order of what it does
    ...(params['batch'] === undefined
      ? { defaultSort: params['awaiting'] === undefined ? 'proposed' : 'effect' }
      : { defaultSort: 'binary', defaultDescending: false }),
    filters: DECISION_FILTERS,
  })
  const mayDecide = actorMay(actor, 'decide')
  const [{ rows, total }, alarms, standIns, people] = await Promise.all([
    listDecisions(actor.scope, request, judgeOf(actor)),
    listAlarms(actor.scope),
    mayDecide ? findDelegations(actor.accountId) : null,
    mayDecide ? listOwners() : [],
  ])
  const others = people.filter(
    ({ id, role }) => id !== actor.accountId && (role === 'manager' || role === 'admin'),
  )
  const batchId = request.filters['batch']?.[0] ?? null
  return (
    <>
      <PageHeader
        title="Decisions"
        description="From draft to enforcement: somebody proposes with the evidence of the moment, somebody else approves. Cordon itself blocks nothing."
        actions={
          <>
            <PageViews actor={actor} page="/decisions" />
            {actorMay(actor, 'propose') && (
              <>
                {standIns?.given === null && others.length > 0 && <StandInButton others={others} />}
                <LinkButton href="/decisions/never-seen">Binaries never seen…</LinkButton>
                <LinkButton href="/binaries?decision=undecided&seen=yes&sort=-executions">
                  Undecided binaries
                </LinkButton>
              </>
            )}
          </>
        }
      />
      <AlarmList alarms={alarms} />
      {standIns !== null && <DelegationLine {...standIns} />}
      {batchId === null && mayDecide && <BatchLinks decisions={rows} />}
      {batchId !== null && <BatchBar batchId={batchId} decisions={rows} actor={actor} total={total} />}
      <FilterBar
        searchLabel="Search binaries, notes and people"
        filters={[
          {
            name: 'awaiting',
            label: mayDecide ? 'Awaiting me' : 'My proposals',
            single: true,
            options: [{ value: 'me', label: mayDecide ? 'Proposals I can decide on' : 'Mine that wait' }],
          },
          {
            name: 'attention',
            label: 'Attention',
            single: true,
            options: [{ value: 'yes', label: 'Does not hold, ends or is to be reviewed soon' }],
          },
          { name: 'state', label: 'State', options: DECISION_OPTIONS },
          { name: 'verdict', label: 'Verdict', options: VERDICT_OPTIONS },
        ]}
        linked={[
          { name: 'binary', label: 'Binary' },
          { name: 'batch', label: 'Proposed together' },
          { name: 'from', label: 'From' },
          { name: 'to', label: 'To' },
        ]}
      />
      <DecisionsTable
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...DECISION_FILTERS]}
      />
    </>
  )
}
