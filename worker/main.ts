import { requireEnvironment } from '@/lib/env'
import { log } from '@/lib/log'
import { runWorker } from '@/lib/operations/run-worker'
import { goBehindPages } from '@/lib/priority'

/** What takes longer is handed back: the database undoes what was not finished, and the next worker begins it anew. */
const FINISH_MS = 10_000
requireEnvironment()
// what is computed waits anyway
await goBehindPages()
const stopping = new AbortController()
let impatience: NodeJS.Timeout | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopping.abort()
    // also where a broken connection answers no more: nothing else then keeps this process from ending in the middle
    impatience ??= setTimeout(() => {
      log().info('worker stopped before its work was done; the next one goes on with it')
      process.exit()
    }, FINISH_MS)
  })

await runWorker(stopping.signal)
clearTimeout(impatience)
log().info('worker stopped')
