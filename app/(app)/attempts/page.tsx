import type { Metadata } from 'next'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import {
  ATTEMPT_FILTERS,
  countAttemptFacets,
  listAttempts,
  parseAttemptRequest,
} from '@/lib/store/screens/attempts'
import { listAlarms } from '@/lib/store/screens/decision/alarms'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { AlarmList } from '../decisions/alarm-list'
import { PageViews } from '../views/page-views'
import { AttemptsTable } from './attempts-table'

export const metadata: Metadata = { title: 'Attempts' }

export default async function AttemptsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const { scope } = actor
  const request = parseAttemptRequest(await searchParams)
  const [{ rows, next }, facets, alarms] = await Promise.all([
    listAttempts(scope, request),
    countAttemptFacets(scope, request),
    listAlarms(scope),
  ])
  return (
    <>
      <PageHeader
        title="Attempts"
        description="What the hosts’ own controls blocked, would have blocked were they not auditing, warned of, or allowed. What is allowed is kept of proxy binaries only."
        actions={<PageViews actor={actor} page="/attempts" />}
      />
      <AlarmList alarms={alarms} />
      <AttemptsTable
        rows={rows}
        after={request.after}
        next={next}
        sort={{ id: request.sort, descending: request.descending }}
        facets={facets}
        filterNames={[...ATTEMPT_FILTERS]}
      />
    </>
  )
}
