import type { AccountActor } from '@/lib/store/accounts'
import { ANYTHING, watchChanges } from '@/lib/store/changes'

/** A burst of changes is told once. */
const SETTLE_MS = 500
/** Keeps proxies from closing a silent stream. */
const HEARTBEAT_MS = 25_000
/** The browser then connects again, and who it is is asked anew. */
const LONGEST_MS = 300_000

const NOTIFICATION = 'notification'

/** Server-sent events: `data: ["deviation", …]`, the kinds of what changed, or `["anything"]`. Ends by itself after five minutes. */
export function changeStream({ accountId }: AccountActor, signal: AbortSignal): ReadableStream<Uint8Array> {
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
        waiting.add(kind)
        settling ??= setTimeout(flush, SETTLE_MS)
      })
      stop = () => {
        unwatch()
        clearInterval(heartbeat)
        clearTimeout(end)
        clearTimeout(settling)
      }
      const close = () => {
        stop()
        controller.close()
      }
      signal.addEventListener('abort', () => stop(), { once: true })
      send('retry: 2000\n\n')
    },
    cancel: () => {
      stop()
    },
  })
}

/** What somebody else is told is nobody's business. */
function forAccount(told: string, accountId: string): string | null {
  const [kind = ANYTHING, account] = told.split(':')
  if (kind !== NOTIFICATION) return kind
  return account === accountId ? kind : null
}
