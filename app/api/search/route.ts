import { handler } from '@/lib/http/handler'
import { search } from '@/lib/store/screens/search'
import { SearchQuery } from './search-contract'

export const GET = handler({
  action: 'view',
  costly: 'search',
  query: SearchQuery,
  run: async ({ actor, query }) => ({ results: await search(actor, query.q.trim()) }),
})
