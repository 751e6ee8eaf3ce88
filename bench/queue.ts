import { closePool, pool } from '@/lib/store/pool'
import { parseDeviationRequest } from '@/lib/store/screens/deviations/filter'
import { loadQueue } from '@/lib/store/screens/deviations/list'
import { countWaiting } from '@/lib/store/screens/waiting'
import { seedLongQueue } from '@/prisma/seed/scenarios/long-queue'
import { percentile } from './measuring/percentile'
import { print } from './measuring/print'

/** `npm run bench -- queue [items]`: what the deviations page reads, with thousands of open items: median and 95th percentile of each query. */
const [items = 5000] = process.argv.slice(2).map(Number)
const ROUNDS = 20
const ALL = { kind: 'all' } as const

await seedLongQueue(pool(), { items, hosts: 60, days: 20, endMs: Date.UTC(2026, 9, 1) })
await pool().query('ANALYZE')
const { total } = await loadQueue(ALL, parseDeviationRequest({ below: '1' }))
print(`${total} open deviations`)
for (const [name, params] of Object.entries({
  'as opened': {},
  'one binary': { binary: 'mshta.exe' },
  searched: { q: 'harbor' },
  'page 50': { page: '50' },
  '500 rows': { size: '500' },
})) {
  const request = parseDeviationRequest(params)
  await measure(`list and facets, ${name}`, () => loadQueue(ALL, request))
}
await measure('what waits (every page)', () => countWaiting(ALL, null))
await closePool()

async function measure(what: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  const at = (share: number) => Math.round(percentile(times, share))
  print(`${what}: median ${at(0.5)} ms, 95 % ${at(0.95)} ms`)
}
