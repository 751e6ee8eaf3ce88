import { log } from '@/lib/log'
import { ANYTHING, watchChanges } from '@/lib/store/changes'

/** A burst of changes is told once. */
const SETTLE_MS = 500
/** Keeps proxies from closing a silent stream. */
const HEARTBEAT_MS = 25_000
/** The browser then connects again, and who it is is asked anew. */
const LONGEST_MS = 300_000

const NOTIFICATION = 'notification'
/** What may have ended somebody's session: every end is told by one of these, whoever brought it about. */
const MAY_END_SESSIONS = ['session', 'account', ANYTHING]

type Listening = {
  accountId: string
  /** Whether the session that opened the stream still counts. */
  isLive: () => Promise<boolean>
  signal: AbortSignal
}

/**
 * Server-sent events: `data: ["deviation", …]`, the kinds of what changed, or `["anything"]`. Ends with its session as soon as that is ended,
 * and by itself after five minutes.
 */
export function changeStream({ accountId, isLive, signal }: Listening): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = () => undefined as unknown
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const waiting = new Set<string>()
      let settling: NodeJS.Timeout | undefined
      const flush = () => {
        settling = undefined
        send(`data: ${JSON.stringify([...waiting])}\n\n`)
        waiting.clear()
      }
      const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS)
      const end = setTimeout(() => close(), LONGEST_MS)
      const unwatch = watchChanges((told) => {
        if (told === null) return close()
        const kind = forAccount(told, accountId)
        if (kind === null) return
        if (MAY_END_SESSIONS.includes(kind)) void endUnlessLive()
        waiting.add(kind)
        settling ??= setTimeout(flush, SETTLE_MS)
      })
      let isOver = false
      stop = () => {
        isOver = true
        unwatch()
        clearInterval(heartbeat)
        clearTimeout(end)
        clearTimeout(settling)
      }
      const close = () => {
        // whoever left while it was asked whether they may stay
        if (isOver) return
        stop()
        controller.close()
      }
      const endUnlessLive = async () => {
        if (!(await isLive().catch(tellFailure))) close()
      }
      signal.addEventListener('abort', () => stop(), { once: true })
      send('retry: 2000\n\n')
    },
    cancel: () => {
      stop()
    },
  })
}

/** Who cannot be asked about is asked again when the browser connects anew. */
function tellFailure(error: unknown): false {
  log().warn({ err: error }, 'whether a session still counts is not known')
  return false
}

/** What somebody else is told is nobody's business. */
function forAccount(told: string, accountId: string): string | null {
  const [kind = ANYTHING, account] = told.split(':')
  if (kind !== NOTIFICATION) return kind
  return account === accountId ? kind : null
}
