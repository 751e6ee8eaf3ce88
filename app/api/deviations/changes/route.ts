import { ExpectedError } from '@/lib/errors'
import { handler } from '@/lib/http/handler'
import { parseDeviationRequest } from '@/lib/store/screens/deviations/filter'
import { readQueueChanges } from '@/lib/store/screens/deviations/live'
import { toSearchParams } from '@/lib/store/screens/table-request'
import { ChangesQuery } from './changes-contract'

export const dynamic = 'force-dynamic'

/** GET /api/deviations/changes?since=… with the filters of the page: what became of a list that is open. */
export const GET = handler({
  action: 'view',
  byItself: true,
  costly: 'search',
  query: ChangesQuery.loose(),
  run: async ({ actor, request, query }) => {
    if (actor.kind !== 'account')
      throw new ExpectedError('forbidden', 'This is for people who are signed in.')
    const filters = parseDeviationRequest(toSearchParams(new URL(request.url).searchParams))
    return await readQueueChanges(actor.scope, filters, { sinceUs: query.since, accountId: actor.accountId })
  },
})
