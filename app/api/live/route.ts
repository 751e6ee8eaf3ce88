import { ExpectedError } from '@/lib/errors'
import { handler } from '@/lib/http/handler'
import { changeStream } from '@/lib/store/screens/live'

export const dynamic = 'force-dynamic'

/** GET /api/live: server-sent events that say what kind of thing changed, for open pages. */
export const GET = handler({
  action: 'view',
  costly: 'live',
  run: async ({ actor, request }) => {
    if (actor.kind !== 'account')
      throw new ExpectedError('forbidden', 'This is for people who are signed in.')
    return new Response(changeStream(actor, request.signal), {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  },
})
