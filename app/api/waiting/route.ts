import { handler } from '@/lib/http/handler'
import { readWaiting } from '@/lib/store/screens/waiting'

export const dynamic = 'force-dynamic'

/** GET /api/waiting: the counts beside the pages' names. */
export const GET = handler({
  action: 'view',
  byItself: true,
  run: async ({ actor }) => await readWaiting(actor),
})
