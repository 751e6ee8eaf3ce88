import type { Metadata } from 'next'
import { DECISION_OPTIONS, VERDICT_OPTIONS } from '@/components/state/state-badge'
import { FilterBar } from '@/components/table/filter-bar'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { DECISION_FILTERS, DECISION_SORTS, listDecisions } from '@/lib/store/screens/decisions'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { DecisionsTable } from './decisions-table'
import { movesOf } from './moves-of'

export const metadata: Metadata = { title: 'Decisions' }

export default async function DecisionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const request = parseTableRequest(await searchParams, {
    sorts: DECISION_SORTS,
    defaultSort: 'proposed',
    filters: DECISION_FILTERS,
  })
  const mayDecide = actorMay(actor, 'decide')
  const { rows, total } = await listDecisions(actor.scope, request, { accountId: actor.accountId, mayDecide })
  return (
    <>
      <PageHeader
        title="Decisions"
        description="Verdicts on binaries, from proposal to approval. Somebody proposes with the evidence of the moment, somebody else approves."
      />
      <FilterBar
        searchLabel="Search binaries, notes and people"
        filters={[
          {
            name: 'awaiting',
            label: mayDecide ? 'Awaiting me' : 'My proposals',
            single: true,
            options: [{ value: 'me', label: mayDecide ? 'Proposals I can decide on' : 'Mine that wait' }],
          },
          { name: 'state', label: 'State', options: DECISION_OPTIONS },
          { name: 'verdict', label: 'Verdict', options: VERDICT_OPTIONS },
        ]}
        linked={[
          { name: 'binary', label: 'Binary' },
          { name: 'from', label: 'From' },
          { name: 'to', label: 'To' },
        ]}
      />
      <DecisionsTable
        rows={rows.map((row) => ({ ...row, moves: movesOf(actor, row) }))}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...DECISION_FILTERS]}
      />
    </>
  )
}
