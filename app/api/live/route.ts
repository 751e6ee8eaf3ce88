import { currentSession, isSessionLive } from '@/lib/access/current-actor'
import { ExpectedError } from '@/lib/errors'
import { handler } from '@/lib/http/handler'
import { changeStream } from '@/lib/store/screens/live'

export const dynamic = 'force-dynamic'

/** GET /api/live: server-sent events that say what kind of thing changed, for open pages. */
export const GET = handler({
  action: 'view',
  byItself: true,
  costly: 'live',
  run: async ({ actor, request: { signal } }) => {
    const session = actor.kind === 'account' ? await currentSession(true) : null
    if (session === null) throw new ExpectedError('forbidden', 'This is for people who are signed in.')
    const { accountId } = session.actor
    const isLive = () => isSessionLive(session)
    return new Response(changeStream({ accountId, isLive, signal }), {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  },
})
