import { now } from '@/lib/clock'
import { createDemoAccounts } from '@/lib/operations/demo-accounts'
import { importBytes, listImported } from '@/lib/operations/ingest/import-bytes'
import { placeHosts } from '@/lib/operations/place-hosts'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { fleetInventory } from '@/prisma/seed/fleet/inventory'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import type { FleetOptions, SimulatedRecord } from '@/prisma/seed/fleet/simulated-record'

const SEED = 1218
const DAY_MS = 86_400_000
const NAME = 'Simulated fleet, '

export type DemoOptions = { hosts: number; days: number; onProgress: (message: string) => void }
type Pool = Parameters<typeof importBytes>[0]

/**
 * The demo: a simulated fleet whose records go through the same import as any file, a day at a time, and one account a role.
 * Goes on where an interrupted run stopped; does nothing when it is complete.
 */
export async function seedDemo(pool: Pool, { hosts, days, onProgress }: DemoOptions): Promise<void> {
  await createDemoAccounts()
  await ensureCatalogue(pool)
  const done = await listImported(pool, 'demo')
  const fleet: FleetOptions = {
    hosts,
    days,
    endDayUtc: lastDay(done, days),
    seed: SEED,
    attacks: true,
    activity: true,
  }
  await placeHosts(pool, fleetInventory(fleet))
  let index = 0
  for (const [date, records] of recordsByDay(fleet)) {
    index++
    if (done.includes(NAME + date)) continue
    await importBytes(pool, 'demo', NAME + date, toNdjson(records))
    onProgress(`Imported day ${index} of ${days}: ${date}`)
  }
  let last = ''
  await finishWork(pool, ({ from }) => {
    if (from && from !== last) onProgress(`Computing baselines: ${from}`)
    last = from ?? last
  })
}

/** The last simulated day: yesterday at the first run, and the same ever after. */
function lastDay(done: readonly string[], days: number): number {
  const first = done.toSorted()[0]
  if (first === undefined) return Math.floor(now().getTime() / DAY_MS) - 1
  return Date.parse(first.slice(NAME.length)) / DAY_MS + days - 1
}

function* recordsByDay(fleet: FleetOptions): Generator<[date: string, records: SimulatedRecord[]]> {
  let date = ''
  let records: SimulatedRecord[] = []
  for (const record of simulateFleet(fleet)) {
    const own = new Date(record.atMs).toISOString().slice(0, 10)
    if (own !== date && records.length > 0) {
      yield [date, records]
      records = []
    }
    date = own
    records.push(record)
  }
  if (records.length > 0) yield [date, records]
}

function toNdjson(records: readonly SimulatedRecord[]): Uint8Array {
  return Buffer.from(records.map(({ fields }) => `${JSON.stringify(fields)}\n`).join(''))
}
