import { now } from '@/lib/clock'
import { handler } from '@/lib/http/handler'
import { loadStatus } from '@/lib/store/screens/status'
import { toMetricsText } from './metrics-text'

export const dynamic = 'force-dynamic'

/** For Prometheus, with a key that reads. */
export const GET = handler({
  action: 'view',
  run: async () =>
    new Response(await toMetricsText(await loadStatus(), now()), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    }),
})
