import { importBytes } from '@/lib/operations/ingest/import-bytes'
import { placeHosts } from '@/lib/operations/place-hosts'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import type { Pool } from '@/lib/store/pool'
import { fleetInventory } from '@/prisma/seed/fleet/inventory'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import type { FleetOptions } from '@/prisma/seed/fleet/simulated-record'
import { seedLongQueue } from '@/prisma/seed/scenarios/long-queue'

const DAY_MS = 86_400_000
const RECORDS_A_FILE = 50_000
const QUEUE_HOSTS = 60

/** Simulated hosts whose records went through import and computing, like anybody's; answers their ids. */
export async function seedFleet(pool: Pool, options: FleetOptions): Promise<number[]> {
  await ensureCatalogue(pool)
  const inventory = fleetInventory(options)
  await placeHosts(pool, inventory)
  let lines: string[] = []
  let files = 0
  const flush = async () => {
    if (lines.length > 0)
      await importBytes(pool, 'demo', `Fleet, part ${++files}`, Buffer.from(lines.join('')))
    lines = []
  }
  for (const { fields } of simulateFleet(options)) {
    lines.push(`${JSON.stringify(fields)}\n`)
    if (lines.length === RECORDS_A_FILE) await flush()
  }
  await flush()
  await finishWork(pool, () => undefined)
  return (await findSimulated(pool, options)) ?? []
}

/** The simulated hosts where they are there already; null = none is. */
export async function findSimulated(pool: Pool, options: FleetOptions): Promise<number[] | null> {
  const { rows } = await pool.query<{ id: number }>('SELECT id FROM host WHERE name = ANY($1) ORDER BY id', [
    fleetInventory(options).map(({ name }) => name),
  ])
  return rows.length === 0 ? null : rows.map(({ id }) => id)
}

/** Thousands of open items on hosts of their own, which are not multiplied. */
export async function seedQueue(pool: Pool, { days, endDayUtc }: FleetOptions, items: number): Promise<void> {
  if (items === 0) return
  await seedLongQueue(pool, {
    items,
    hosts: QUEUE_HOSTS,
    days: Math.min(days, 20),
    endMs: (endDayUtc + 1) * DAY_MS,
  })
}
