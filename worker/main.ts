import { log } from '@/lib/log'
import { runWorker } from '@/lib/operations/run-worker'

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

await runWorker(stopping.signal)
log().info('worker stopped')
