import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bundleEntries, ensureWeb } from './lib/build.mjs'
import { command } from './lib/command.mjs'
import { Failure } from './lib/failure.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { openLog, step } from './lib/log.mjs'
import { DIST, ROOT } from './lib/paths.mjs'
import { freePort } from './lib/ports.mjs'
import { untilReady } from './lib/serve.mjs'
import { runBundle, supervise } from './lib/supervise.mjs'
import { startThrowawayDatabase } from './lib/throwaway-database.mjs'

/** Benchmarks that ask a production server: its address is their first argument. */
const OVER_HTTP = ['shippers']

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
  if ('lib/store/pool.ts' in metafile.inputs) {
    const database = await startThrowawayDatabase({ durable: true })
    cleanup.add(database.stop)
    env.DATABASE_URL = database.templateUrl
    env.APP_DATABASE_URL = database.appUrl(database.templateUrl)
    env.TEST_TEMPLATE_DATABASE_URL = database.templateUrl
  }
  if (OVER_HTTP.includes(name)) args.unshift(await startWeb(env, folder, cleanup))
  return runBundle(path.join(folder, `${name}.mjs`), args, env, cleanup)
})

/** The pages' server alone: no worker computes in between. @param {NodeJS.ProcessEnv} given @param {string} folder @param {import('./lib/command.mjs').Cleanup} cleanup */
async function startWeb(given, folder, cleanup) {
  const web = await ensureWeb()
  const port = await freePort()
  const url = `http://localhost:${port}`
  const secret = randomBytes(32).toString('base64url')
  const env = {
    ...given,
    AUTH_SECRET: secret,
    PORT: String(port),
    HOSTNAME: 'localhost',
    CORDON_BASE_URL: url,
  }
  const log = openLog(path.join(folder, 'web.log'))
  const server = supervise('web server', [path.join(web, 'server.js')], { env, log, cwd: web })
  cleanup.add(server.stop)
  await step('Starting the web server', () => untilReady(`${url}/api/health`, server, log))
  return url
}
