import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureBundles, ensureWeb, threadsIn } from './build.mjs'
import { Failure } from './failure.mjs'
import { ensureInstalled } from './install.mjs'
import { openInstance, takeInstance } from './instance.mjs'
import { openLog, say, step } from './log.mjs'
import { assertPortFree, readPort } from './ports.mjs'
import { supervise } from './supervise.mjs'

const READY_MS = 60_000
/** Longer than proxies keep a connection that nobody uses (nginx: 60 s): else they send requests on one that is just being closed, and answer 502. */
const KEEP_ALIVE = { KEEP_ALIVE_TIMEOUT: process.env.KEEP_ALIVE_TIMEOUT ?? '75000' }

/**
 * From a bare clone to pages that answer: packages, database, build, web server and worker, until somebody stops them.
 * @param {import('./instance.mjs').Place} place
 * @param {{ name: string, env?: NodeJS.ProcessEnv, cleanup: import('./command.mjs').Cleanup, onceOpen: (bundles: string, env: NodeJS.ProcessEnv) => Promise<unknown> }} options
 * `onceOpen` runs when the pages answer
 * @returns {Promise<never>}
 */
export async function serve(place, { name, env: more = {}, cleanup, onceOpen }) {
  const port = readPort(process.env)
  const host = process.env.CORDON_HOST ?? 'localhost'
  const held = await takeInstance(place, name, cleanup)
  await assertPortFree(port, host)
  await ensureInstalled()
  const instance = await openInstance(place, held, cleanup)
  const bundles = await ensureBundles()
  const web = await ensureWeb()
  const url = process.env.CORDON_BASE_URL ?? `http://localhost:${port}`
  const env = { ...instance.env, ...more, PORT: String(port), HOSTNAME: host, CORDON_BASE_URL: url }
  // what installs and builds takes minutes: somebody else may have come to the port
  await assertPortFree(port, host)
  await startServers({ web, bundles, env, port, host, logs: path.join(place.dir, 'logs'), cleanup })
  held.publish({ url })
  say(`\n  Cordon is at ${url}   (Ctrl-C stops it; logs are in ${path.join(place.dir, 'logs')})\n`)
  await Promise.race([onceOpen(bundles, env).then(forever), failWith(instance.failed)])
  return forever()
}

/**
 * Starts the web server and the worker and waits for the first page.
 * @param {{ web: string, bundles: string, env: NodeJS.ProcessEnv, port: number, host: string, logs: string, cleanup: import('./command.mjs').Cleanup }} options
 */
export async function startServers({ web, bundles, env: given, port, host, logs, cleanup }) {
  const env = { ...KEEP_ALIVE, ...leastOf(given), ...threadsIn(bundles) }
  const workerLog = openLog(path.join(logs, 'worker.log'))
  const worker = supervise('worker', [path.join(bundles, 'worker.mjs')], { env, log: workerLog })
  cleanup.add(worker.stop)
  const webLog = openLog(path.join(logs, 'web.log'))
  const server = supervise('web server', [path.join(web, 'server.js')], { env, log: webLog, cwd: web })
  cleanup.add(server.stop)
  const health = `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}/api/health`
  await step('Starting the web server', () => untilReady(health, server, webLog))
}

/** What a web server needs that is thrown away again and answers at `url`, of this machine. @param {string} url */
export function siteEnvironment(url) {
  return {
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    PORT: new URL(url).port,
    HOSTNAME: 'localhost',
    CORDON_BASE_URL: url,
    ...KEEP_ALIVE,
  }
}

/**
 * What answers strangers and reads their files does not know the owner's password where it has a login of its own, nor the first administrator's.
 * @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv}
 */
function leastOf({ DATABASE_URL, CORDON_ADMIN_PASSWORD: _password, ...env }) {
  return env.APP_DATABASE_URL === undefined ? { ...env, DATABASE_URL } : env
}

/** @param {string} url @param {ReturnType<typeof supervise>} server @param {import('./log.mjs').Log} log */
export async function untilReady(url, server, log) {
  const deadline = Date.now() + READY_MS
  while (Date.now() < deadline && server.isRunning()) {
    if (await answers(url)) return
    await sleep(100)
  }
  throw new Failure(`The web server does not answer at ${url}; its last words (${log.file}):\n${log.tail()}`)
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false
  }
}

/** @param {Promise<unknown> | null} failure @returns {Promise<never>} */
async function failWith(failure) {
  if (failure !== null) throw await failure
  return forever()
}

/** @returns {Promise<never>} */
function forever() {
  return new Promise(() => undefined)
}
