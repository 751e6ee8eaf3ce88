import { ensureBundles, threadsIn } from '../scripts/lib/build.mjs'
import { ensureInstalled } from '../scripts/lib/install.mjs'
import { startThrowawayDatabase } from '../scripts/lib/throwaway-database.mjs'

/** Before the database tests: the programs of threads, and a PostgreSQL with a template to clone, unless the whole test run has started one already. */
export async function setup() {
  // threads run bundles
  Object.assign(process.env, threadsIn(await ensureBundles()))
  if (process.env.TEST_TEMPLATE_DATABASE_URL) return undefined
  await ensureInstalled()
  const database = await startThrowawayDatabase()
  process.env.TEST_TEMPLATE_DATABASE_URL = database.templateUrl
  return database.stop
}
