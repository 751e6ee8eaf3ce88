import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { handler } from '@/lib/http/handler'
import { loadStatus } from '@/lib/store/screens/status'
import { toMetricsText } from './metrics-text'

export const dynamic = 'force-dynamic'

/** For Prometheus, with a key that reads. It counts the whole installation: not for who sees a part of the hosts. */
export const GET = handler({
  action: 'view',
  run: async ({ actor }) => {
    if (actor.scope.kind !== 'all')
      throw new ExpectedError('forbidden', 'This is for those who see all hosts.')
    return new Response(await toMetricsText(await loadStatus(), now()), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    })
  },
})
