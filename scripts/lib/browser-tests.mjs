import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findBrowser } from './browser.mjs'
import { ensureBundles, ensureWeb } from './build.mjs'
import { Cleanup } from './command.mjs'
import { copyDatabase, withDatabase } from './database.mjs'
import { Failure } from './failure.mjs'
import { checkHistoryScans, discourageScans } from './history-scans.mjs'
import { step } from './log.mjs'
import { freePort } from './ports.mjs'
import { siteEnvironment, startServers } from './serve.mjs'
import { runBundle } from './supervise.mjs'
import { addOutcomes } from './tally.mjs'
import { runPlaywright } from './test-runners.mjs'

/** @typedef {import('./tally.mjs').Outcome} Outcome */
/** @typedef {Awaited<ReturnType<typeof import('./throwaway-database.mjs').startThrowawayDatabase>>} Database */
/** @typedef {{ bundles: string, web: string }} Build */
/** @typedef {Build & { fleet: string }} Prepared the build, and the address of a database to copy */

/** Projects of playwright.config.ts that share an installation, one after the other; those of other groups run beside them on others. */
const GROUPS = [['simulated fleet', 'journeys'], ['pages'], ['borders']]

/**
 * The browser tests, on the production build, each group with a server, a worker and a database of its own.
 * @param {Database} database
 * @param {Prepared} prepared
 * @returns {Promise<Outcome>}
 */
export async function runBrowserTests(database, prepared) {
  const cleanup = new Cleanup()
  try {
    const browser = await step('Finding a browser', findBrowser)
    const sites = []
    for (const projects of GROUPS)
      sites.push({ projects, ...(await startSite(projects, database, prepared, cleanup)) })
    const runs = sites.map(({ env, projects }) => runPlaywright({ ...env, CHROME_PATH: browser }, projects))
    const outcomes = await Promise.all(runs)
    // servers report what they read when they end
    await cleanup.run()
    for (const url of [prepared.fleet, ...sites.map(({ env }) => env.DATABASE_URL)])
      outcomes.push(await checkHistoryScans(url))
    return outcomes.reduce(addOutcomes)
  } finally {
    await cleanup.run()
  }
}

/**
 * A database with a small simulated fleet, to copy. 'Never seen' takes 14 days of history.
 * @param {Database} database @param {Build} build @param {Cleanup} cleanup @returns {Promise<string>} its owner's address
 */
async function simulateFleet(database, { bundles }, cleanup) {
  const url = withDatabase(database.templateUrl, 'simulated_fleet')
  await copyDatabase(database.templateUrl, url)
  await discourageScans(url)
  const env = { ...process.env, NODE_ENV: 'production', DATABASE_URL: url, CORDON_DEMO: '1' }
  const args = ['--hosts', '10', '--days', '15', '--undecided', '--quiet']
  await step('Simulating a small fleet', async () => {
    if ((await runBundle(path.join(bundles, 'seed-demo.mjs'), args, env, cleanup)) !== 0)
      throw new Failure('The fleet for the browser tests could not be made.')
  })
  return url
}

/**
 * An installation that answers, on its own copy of the fleet.
 * @param {readonly string[]} projects @param {Database} database @param {Prepared} prepared @param {Cleanup} cleanup
 */
async function startSite(projects, database, { bundles, web, fleet }, cleanup) {
  const url = withDatabase(fleet, `browser_tests_${projects.at(-1)}`)
  await copyDatabase(fleet, url)
  await discourageScans(url)
  const port = await freePort()
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    APP_DATABASE_URL: database.appUrl(url),
    ...siteEnvironment(`http://localhost:${port}`),
    BASE_URL: `http://localhost:${port}`,
    // the journeys are made by the demo's accounts
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
  const logs = mkdtempSync(path.join(os.tmpdir(), 'cordon-logs-'))
  await startServers({ web, bundles, env, port, host: 'localhost', logs, cleanup })
  return { env }
}

/**
 * What the browser tests run on, made beside other tests: the production build and the fleet.
 * @param {Database} database @param {Cleanup} cleanup @returns {Promise<Prepared>}
 */
export async function prepareBrowserTests(database, cleanup) {
  const build = { bundles: await ensureBundles(), web: await ensureWeb() }
  return { ...build, fleet: await simulateFleet(database, build, cleanup) }
}
