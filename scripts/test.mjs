import { performance } from 'node:perf_hooks'
import { buildForTests, runBrowserTests } from './lib/browser-tests.mjs'
import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { elapsed, say } from './lib/log.mjs'
import { STATIC_CHECKS, schemaDrift } from './lib/static-checks.mjs'
import { Tally } from './lib/tally.mjs'
import { runVitest } from './lib/test-runners.mjs'
import { startThrowawayDatabase } from './lib/throwaway-database.mjs'

await command(async (cleanup) => {
  const start = performance.now()
  await ensureInstalled()
  const tally = new Tally()
  await Promise.all(STATIC_CHECKS.map((check) => tally.check(check)))
  const database = await startThrowawayDatabase()
  cleanup.add(database.stop)
  await tally.check(schemaDrift(database.templateUrl))
  await tally.add('unit and database tests', () =>
    runVitest({ ...process.env, TEST_TEMPLATE_DATABASE_URL: database.templateUrl }),
  )
  await tally.add('browser tests', async () => runBrowserTests(database, await buildForTests()))
  say(`All of it took ${elapsed(start)}.`)
  return tally.conclude()
})
