import { log } from '@/lib/log'
import { runWorker } from '@/lib/operations/run-worker'

/** What takes longer is handed back: the database undoes what was not finished, and the next worker begins it anew. */
const FINISH_MS = 10_000
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopping.abort()
    setTimeout(() => {
      log().info('worker stopped before its work was done; the next one goes on with it')
      process.exit()
    }, FINISH_MS).unref()
  })

await runWorker(stopping.signal)
log().info('worker stopped')
