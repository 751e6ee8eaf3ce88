import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findBrowser } from './browser.mjs'
import { ensureBundles, ensureWeb } from './build.mjs'
import { Cleanup } from './command.mjs'
import { prepareDatabase, withDatabase } from './database.mjs'
import { Failure } from './failure.mjs'
import { checkHistoryScans, discourageScans } from './history-scans.mjs'
import { step } from './log.mjs'
import { freePort } from './ports.mjs'
import { siteEnvironment, startServers } from './serve.mjs'
import { runBundle } from './supervise.mjs'
import { runPlaywright } from './test-runners.mjs'

/**
 * The browser tests, on the production build with a server, a worker and a database of their own.
 * @param {Awaited<ReturnType<typeof import('./throwaway-database.mjs').startThrowawayDatabase>>} database
 * @param {{ bundles: string, web: string }} build
 */
export async function runBrowserTests(database, { bundles, web }) {
  const cleanup = new Cleanup()
  try {
    const browser = await step('Finding a browser', findBrowser)
    const url = withDatabase(database.templateUrl, 'browser_tests')
    await prepareDatabase(url)
    await discourageScans(url)
    const port = await freePort()
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: url,
      APP_DATABASE_URL: database.appUrl(url),
      ...siteEnvironment(`http://localhost:${port}`),
      // the journeys are made by the demo's accounts, on a small simulated fleet
      CORDON_DEMO: '1',
      // the test of single sign-on runs a provider there
      OIDC_ISSUER: `http://localhost:${await freePort()}`,
      OIDC_CLIENT_ID: 'cordon-tests',
      OIDC_CLIENT_SECRET: randomBytes(16).toString('hex'),
      OIDC_SCOPE: 'openid profile email groups',
      OIDC_ROLES: 'leads=manager;responders=responder',
      OIDC_NAME: 'the test provider',
      // the test of forgotten passwords takes mail there
      CORDON_SMTP_URL: `smtp://127.0.0.1:${await freePort()}`,
    }
    // 'never seen' takes 14 days of history
    await step('Simulating a small fleet', async () => {
      const seed = path.join(bundles, 'seed-demo.mjs')
      if (
        (await runBundle(seed, ['--hosts', '10', '--days', '15', '--undecided', '--quiet'], env, cleanup)) !==
        0
      )
        throw new Failure('The fleet for the browser tests could not be made.')
    })
    const logs = mkdtempSync(path.join(os.tmpdir(), 'cordon-logs-'))
    await startServers({ web, bundles, env, port, host: 'localhost', logs, cleanup })
    const journeys = await runPlaywright({
      ...env,
      BASE_URL: `http://localhost:${port}`,
      CHROME_PATH: browser,
    })
    // servers report what they read when they end
    await cleanup.run()
    return add(journeys, await checkHistoryScans(url))
  } finally {
    await cleanup.run()
  }
}

/** @param {import('./tally.mjs').Counts} a @param {import('./tally.mjs').Counts} b */
function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** The production build that the browser tests run on. */
export async function buildForTests() {
  return { bundles: await ensureBundles(), web: await ensureWeb() }
}
