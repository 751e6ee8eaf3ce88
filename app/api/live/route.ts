import { currentSession } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { handler } from '@/lib/http/handler'
import { changeStream } from '@/lib/store/screens/live'
import { findLiveSession } from '@/lib/store/sessions'

export const dynamic = 'force-dynamic'

/** GET /api/live: server-sent events that say what kind of thing changed, for open pages. */
export const GET = handler({
  action: 'view',
  costly: 'live',
  run: async ({ actor, request: { signal } }) => {
    const session = actor.kind === 'account' ? await currentSession() : null
    if (session === null) throw new ExpectedError('forbidden', 'This is for people who are signed in.')
    const { accountId } = session.actor
    const isLive = async () => (await findLiveSession(session.sessionId, now())) !== null
    return new Response(changeStream({ accountId, isLive, signal }), {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  },
})
