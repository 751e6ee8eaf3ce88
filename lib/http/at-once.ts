import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'

/** Answers that cost something as long as they are under way. */
export type Costly = 'live' | 'file' | 'search'

/** How many one account or key has under way at once in this process, and all of them together: open windows, downloads, searches as one types. */
const MOST: Readonly<Record<Costly, { each: number; all: number }>> = {
  live: { each: 20, all: 1000 },
  file: { each: 3, all: 12 },
  search: { each: 8, all: 40 },
}

const underWay = new Map<string, number>()

/**
 * Takes one of the actor's places for what is costly; answers what gives it back, once however often it is called.
 * @throws ExpectedError 'busy' when there is none
 */
export function takePlace(kind: Costly, actor: Actor): () => void {
  const own = `${kind} ${idOf(actor)}`
  const { each, all } = MOST[kind]
  if ((underWay.get(own) ?? 0) >= each)
    throw new ExpectedError('busy', `You have ${each} of these under way already. Come again in a moment.`)
  if ((underWay.get(kind) ?? 0) >= all)
    throw new ExpectedError('busy', 'Too many of these are under way. Come again in a moment.')
  for (const key of [own, kind]) underWay.set(key, (underWay.get(key) ?? 0) + 1)
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    for (const key of [own, kind]) {
      const left = (underWay.get(key) ?? 1) - 1
      if (left === 0) underWay.delete(key)
      else underWay.set(key, left)
    }
  }
}

export function idOf(actor: Actor): string {
  switch (actor.kind) {
    case 'account':
      return actor.accountId
    case 'key':
      return actor.keyId
    case 'system':
      return actor.name
  }
}

/**
 * Answers while the actor holds a place for it, where it is costly: until the answer was read or its reader is gone, and never before what makes
 * it has ended, so that leaving and coming again starts no more than staying does.
 * @throws ExpectedError 'busy' when the actor has no place left
 */
export async function answerWithin(
  costly: Costly | undefined,
  { actor, request }: { actor: Actor; request: Request },
  answer: () => Promise<Response>,
): Promise<Response> {
  if (costly === undefined) return stopUnread(request, await answer())
  const giveBack = takePlace(costly, actor)
  try {
    return stopUnread(request, holdPlace(await answer(), giveBack))
  } catch (error) {
    giveBack()
    throw error
  }
}

/**
 * Nobody reads the body for a HEAD, which Next answers by the handler of GET, or once the connection is closed before the answer began: Next then
 * leaves it as it is, and it would hold its database connection for good.
 */
function stopUnread({ method, signal }: Request, answer: Response): Response {
  const { body, status, headers } = answer
  if (body === null) return answer
  // where somebody reads it, it is theirs to stop
  const stop = () => void body.cancel().catch(() => undefined)
  if (method === 'HEAD' || signal.aborted) {
    stop()
    return new Response(null, { status, headers })
  }
  signal.addEventListener('abort', stop, { once: true })
  return answer
}

/** The same answer, which gives its place back when its last byte was read, or nobody reads on. */
function holdPlace(answer: Response, giveBack: () => void): Response {
  if (answer.body === null) {
    giveBack()
    return answer
  }
  const reader = answer.body.getReader()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        giveBack()
        controller.close()
      } catch (error) {
        giveBack()
        controller.error(error)
      }
    },
    async cancel(reason) {
      giveBack()
      await reader.cancel(reason)
    },
  })
  return new Response(body, { status: answer.status, headers: answer.headers })
}
