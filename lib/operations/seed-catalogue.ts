import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import type { Pool } from '@/lib/store/pool'

/** Brings the built-in catalogue into a new database, and entries that a new release added into an old one. */
export async function ensureCatalogue(pool: Pool): Promise<void> {
  await seedCatalogue(pool, CATALOGUE)
}
