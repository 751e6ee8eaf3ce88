import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bundleEntries, ensureWeb, threadsIn } from './lib/build.mjs'
import { command } from './lib/command.mjs'
import { copyDatabase, prepareDatabase, withClient, withDatabase } from './lib/database.mjs'
import { Failure } from './lib/failure.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { openLog, step } from './lib/log.mjs'
import { openParts } from './lib/parts.mjs'
import { DIST, ROOT } from './lib/paths.mjs'
import { freePort } from './lib/ports.mjs'
import { siteEnvironment, untilReady } from './lib/serve.mjs'
import { runBundle, supervise } from './lib/supervise.mjs'
import { startThrowawayDatabase } from './lib/throwaway-database.mjs'

/** Benchmarks that ask a production server: its address is their first argument. */
const OVER_HTTP = ['csv', 'shippers']
/** Benchmarks that read or fill a database that stays in the folder that --dir names. */
const ON_KEPT_DATA = ['aggregates', 'generate', 'pages', 'what-if', 'growth']
/** Of them, those that read its pages, a production server for each of the databases that --fleet names: what these are is their last argument. */
const ON_SITES = ['pages', 'growth']
/** Benchmarks that have all of an installation to themselves, and end and start its parts. */
const WITH_PARTS = ['faults', 'load']
/** Of them, those whose database has a small disk of its own, which they fill. */
const ON_SMALL_DISK = ['faults']

await command(async (cleanup) => {
  const [name, ...args] = process.argv.slice(2)
  if (name === undefined || !existsSync(path.join(ROOT, 'bench', `${name}.ts`)))
    throw new Failure('Usage: npm run bench -- NAME [its arguments], where bench/NAME.ts exists.')
  await ensureInstalled()
  // inside the checkout, where the bundle finds node_modules
  const folder = mkdtempSync(path.join(DIST, 'bench-'))
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }))
  const { metafile } = await bundleEntries({ [name]: `bench/${name}.ts` }, folder)
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NODE_ENV: 'production' }
  if (WITH_PARTS.includes(name)) {
    const parts = await openParts(folder, cleanup, { onSmallDisk: ON_SMALL_DISK.includes(name) })
    const given = [parts.site, parts.web, ...args]
    return runBundle(path.join(folder, `${name}.mjs`), given, parts.env, cleanup, parts.serve)
  }
  if ('lib/store/pool.ts' in metafile.inputs) {
    const sites = await openDatabases(name, args, env, folder, cleanup)
    if (ON_SITES.includes(name)) args.push(JSON.stringify(sites))
  }
  if (OVER_HTTP.includes(name)) args.unshift((await startWeb(env, folder, cleanup)).url)
  return runBundle(path.join(folder, `${name}.mjs`), args, env, cleanup)
})

/**
 * Databases to measure, the last of them in the environment; their sites, where it is pages that are read.
 * @param {string} name @param {string[]} args @param {NodeJS.ProcessEnv} env @param {string} folder @param {import('./lib/command.mjs').Cleanup} cleanup
 */
async function openDatabases(name, args, env, folder, cleanup) {
  const onKept = ON_KEPT_DATA.includes(name)
  const keptIn = onKept ? take(args, '--dir') : undefined
  // what is filled is not worth a disk's time: it can be filled again
  const database = await startThrowawayDatabase({ durable: name !== 'generate', keptIn })
  cleanup.add(database.stop)
  env.TEST_TEMPLATE_DATABASE_URL = database.templateUrl
  const sites = []
  for (const fleet of (onKept ? take(args, '--fleet')?.split(',') : undefined) ?? [undefined]) {
    const url = await cloneFor(database.templateUrl, fleet)
    env.DATABASE_URL = url
    env.APP_DATABASE_URL = database.appUrl(url)
    if (ON_SITES.includes(name))
      sites.push({ fleet, databaseUrl: env.APP_DATABASE_URL, ...(await startWeb(env, folder, cleanup)) })
  }
  return sites
}

/** Takes an option and its value out of the arguments. @param {string[]} args @param {string} option */
function take(args, option) {
  const at = args.indexOf(option)
  const [, value] = at === -1 ? [] : args.splice(at, 2)
  return value
}

/** The database of a name, begun as a copy of the template; without a name the template itself. @param {string} templateUrl @param {string | undefined} name */
async function cloneFor(templateUrl, name) {
  if (name === undefined) return templateUrl
  const url = withDatabase(templateUrl, name)
  await withClient(withDatabase(templateUrl, 'postgres'), async (client) => {
    const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rows.length === 0) await copyDatabase(templateUrl, url)
  })
  await prepareDatabase(url)
  return url
}

/** The pages' server alone: no worker computes in between. @param {NodeJS.ProcessEnv} given @param {string} folder @param {import('./lib/command.mjs').Cleanup} cleanup */
async function startWeb(given, folder, cleanup) {
  const web = await ensureWeb()
  const url = `http://localhost:${await freePort()}`
  const env = { ...given, ...siteEnvironment(url), ...threadsIn(folder) }
  const log = openLog(path.join(folder, `web-${new URL(url).port}.log`))
  const server = supervise('web server', [path.join(web, 'server.js')], { env, log, cwd: web })
  cleanup.add(server.stop)
  await step('Starting the web server', () => untilReady(`${url}/api/health`, server, log))
  return { url, pid: server.pid() }
}
