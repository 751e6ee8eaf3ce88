import { performance } from 'node:perf_hooks'
import { prepareBrowserTests, runBrowserTests } from './lib/browser-tests.mjs'
import { ensureBundles } from './lib/build.mjs'
import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { elapsed, say } from './lib/log.mjs'
import { OTHER_CHECKS, schemaDrift, TYPES } from './lib/static-checks.mjs'
import { Tally } from './lib/tally.mjs'
import { runVitest } from './lib/test-runners.mjs'
import { startThrowawayDatabase } from './lib/throwaway-database.mjs'

await command(async (cleanup) => {
  const start = performance.now()
  await ensureInstalled()
  const tally = new Tally()
  const types = tally.check(TYPES)
  await Promise.all(OTHER_CHECKS.map((check) => tally.check(check)))
  const database = await startThrowawayDatabase()
  cleanup.add(database.stop)
  await tally.check(schemaDrift(database.templateUrl))
  // what tests start is there before the pages, whose build fills the time in which few files of tests are left, begin; it writes where types of
  // routes are read
  await ensureBundles()
  const prepared = types.then(() => prepareBrowserTests(database, cleanup))
  // told where it is waited for
  prepared.catch(() => undefined)
  await tally.add('unit and database tests', () =>
    runVitest({ ...process.env, TEST_TEMPLATE_DATABASE_URL: database.templateUrl }),
  )
  await tally.add('browser tests', async () => runBrowserTests(database, await prepared))
  say(`All of it took ${elapsed(start)}.`)
  return tally.conclude()
})
