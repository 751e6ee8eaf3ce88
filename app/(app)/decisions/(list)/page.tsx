import type { Metadata } from 'next'
import { DECISION_OPTIONS, VERDICT_OPTIONS } from '@/components/state/state-badge'
import { FilterBar } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
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
import { AwaitingList } from '../awaiting-list'
import { BatchBar, BatchLinks } from '../batch-bar'
import { DecisionsTable } from '../decisions-table'
import { DelegationLine, StandInButton } from '../delegation-line'

export const metadata: Metadata = { title: 'Decisions' }

export default async function DecisionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const params = await searchParams
  const request = requestOf(params)
  const mayDecide = actorMay(actor, 'decide')
  // a manager who asks for nothing else is told first what awaits them
  const asksAll = mayDecide && Object.keys(request.filters).length === 0 && request.q === ''
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
            {actorMay(actor, 'propose') && <HeaderActions others={standIns?.given === null ? others : []} />}
          </>
        }
      />
      <AlarmList alarms={alarms} />
      {standIns !== null && <DelegationLine {...standIns} />}
      {asksAll
        ? total > 0 && <AwaitingList actor={actor} />
        : batchId === null && mayDecide && <BatchLinks decisions={rows} />}
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
          ...PERIOD_CHIPS,
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

type HeaderActionsProps = {
  /** Who could stand in; none where somebody does already. */
  others: readonly { id: string; name: string }[]
}

function HeaderActions({ others }: HeaderActionsProps) {
  return (
    <>
      {others.length > 0 && <StandInButton others={others} />}
      <LinkButton href="/decisions/never-seen">Binaries never seen…</LinkButton>
      <LinkButton href="/binaries?decision=undecided&seen=yes&sort=-executions">
        Undecided binaries
      </LinkButton>
    </>
  )
}

/** What awaits somebody comes in the order of what it does, what was proposed together by name, and all else with the newest first. */
function requestOf(params: SearchParams) {
  return parseTableRequest(params, {
    sorts: DECISION_SORTS,
    ...(params['batch'] === undefined
      ? { defaultSort: params['awaiting'] === undefined ? 'proposed' : 'effect' }
      : { defaultSort: 'binary', defaultDescending: false }),
    filters: DECISION_FILTERS,
  })
}
