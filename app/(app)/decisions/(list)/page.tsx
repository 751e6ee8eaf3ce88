import type { Metadata } from 'next'
import { DECISION_OPTIONS, VERDICT_OPTIONS } from '@/components/state/state-badge'
import { FilterBar } from '@/components/table/filter-bar'
import { LinkButton } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { listAlarms } from '@/lib/store/screens/decision/alarms'
import { findDelegations, listOwners } from '@/lib/store/screens/decision/form'
import { DECISION_FILTERS, DECISION_SORTS, listDecisions } from '@/lib/store/screens/decisions'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { AlarmList } from '../alarm-list'
import { BatchBar } from '../batch-bar'
import { DecisionsTable } from '../decisions-table'
import { DelegationLine } from '../delegation-line'
import { judgeOf, type Reader } from '../moves-of'

export const metadata: Metadata = { title: 'Decisions' }

export default async function DecisionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const params = await searchParams
  const request = parseTableRequest(params, {
    sorts: DECISION_SORTS,
    // what awaits somebody comes in the order of what it does
    defaultSort: params['awaiting'] === undefined ? 'proposed' : 'effect',
    filters: DECISION_FILTERS,
  })
  const judge = judgeOf(actor)
  const [{ rows, total }, alarms] = await Promise.all([
    listDecisions(actor.scope, request, judge),
    listAlarms(actor.scope),
  ])
  const batchId = request.filters['batch']?.[0] ?? null
  return (
    <>
      <PageHeader
        title="Decisions"
        description="What may run and what is blocked, from draft to enforcement. Somebody proposes with the evidence of the moment, somebody else approves; nothing is blocked by Cordon itself."
        actions={
          actorMay(actor, 'propose') && (
            <>
              <LinkButton href="/decisions/never-seen">Binaries never seen…</LinkButton>
              <LinkButton href="/binaries?decision=undecided&seen=yes&sort=-executions">
                Undecided binaries
              </LinkButton>
            </>
          )
        }
      />
      <AlarmList alarms={alarms} />
      {judge.mayDecide && <StandIn actor={actor} />}
      {batchId !== null && <BatchBar batchId={batchId} decisions={rows} actor={actor} total={total} />}
      <FilterBar
        searchLabel="Search binaries, notes and people"
        filters={[
          {
            name: 'awaiting',
            label: judge.mayDecide ? 'Awaiting me' : 'My proposals',
            single: true,
            options: [
              { value: 'me', label: judge.mayDecide ? 'Proposals I can decide on' : 'Mine that wait' },
            ],
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

async function StandIn({ actor }: { actor: Reader }) {
  const [{ given, received }, people] = await Promise.all([findDelegations(actor.accountId), listOwners()])
  const others = people.filter(
    ({ id, role }) => id !== actor.accountId && (role === 'manager' || role === 'admin'),
  )
  return <DelegationLine given={given} received={received} others={others} />
}
