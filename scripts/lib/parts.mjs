import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureBundles, ensureWeb, threadsIn } from './build.mjs'
import { allowAppLogin, asAppRole, prepareDatabase } from './database.mjs'
import { Failure } from './failure.mjs'
import { openLog } from './log.mjs'
import { ROOT } from './paths.mjs'
import { freePort } from './ports.mjs'
import { postmasterOf, startPostgres } from './postgres.mjs'
import { run } from './run.mjs'
import { siteEnvironment } from './serve.mjs'
import { isRunning, startProgram } from './supervise.mjs'

const PASSWORD = 'throwaway'
const DISK = '3g'
const FILL_BYTES = 8 * 1024 * 1024
/** A slow database goes on for so long of each so long. */
const RUNS_MS = 50
const EVERY_MS = 1000

/**
 * @typedef {'postgres' | 'web' | 'worker'} Part
 * @typedef {{ start: () => unknown, stop: () => Promise<number | null | undefined>, kill: () => Promise<unknown>, isRunning: () => boolean, pid: () => number, crashes: () => number }} Controls
 */

/**
 * PostgreSQL, the web server and the worker, as an installation has them, for a benchmark that ends and starts them as it likes: it asks by
 * messages of its process.
 * @param {string} folder
 * @param {import('./command.mjs').Cleanup} cleanup
 * @param {{ onSmallDisk: boolean }} options `onSmallDisk`: the database is on a disk of its own where this system lets us make one, so that it can be full
 */
export async function openParts(folder, cleanup, { onSmallDisk }) {
  const [bundles, web] = [await ensureBundles(), await ensureWeb()]
  const disk = path.join(folder, 'disk')
  mkdirSync(disk)
  const hasOwnDisk =
    onSmallDisk && (await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk])).code === 0
  if (hasOwnDisk) cleanup.add(async () => void (await run('umount', [disk])))
  const site = `http://localhost:${await freePort()}`
  const logOf = (/** @type {Part} */ part) => openLog(path.join(folder, `${part}.log`))
  const database = databasePart(path.join(disk, 'data'), await freePort(), logOf('postgres'))
  const env = { ...environment(site, database.url), ...threadsIn(bundles) }
  cleanup.add(database.stop)
  await database.start()
  await prepareDatabase(database.url)
  await allowAppLogin(database.url, PASSWORD)
  /** @type {Record<Part, Controls>} */
  const parts = {
    postgres: database,
    web: program([path.join(web, 'server.js')], { env, cwd: web, log: logOf('web') }),
    worker: program([path.join(bundles, 'worker.mjs')], { env, cwd: ROOT, log: logOf('worker') }),
  }
  for (const one of [parts.web, parts.worker]) {
    one.start()
    cleanup.add(one.kill)
  }
  const filler = path.join(disk, 'filler')
  const orders = ordersOf(parts, database, {
    fill: () => (hasOwnDisk ? fill(filler) : null),
    free: () => rmSync(filler, { force: true }),
  })
  return {
    env,
    site,
    web,
    serve: (/** @type {import('node:child_process').ChildProcess} */ child) => serve(child, orders),
  }
}

/** @param {string} site @param {string} databaseUrl @returns {NodeJS.ProcessEnv} */
function environment(site, databaseUrl) {
  return {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    APP_DATABASE_URL: asAppRole(databaseUrl, PASSWORD),
    ...siteEnvironment(site),
    LOG_LEVEL: 'warn',
  }
}

/**
 * What a benchmark may ask for.
 * @param {Record<Part, Controls>} parts
 * @param {ReturnType<typeof databasePart>} database
 * @param {{ fill: () => unknown, free: () => unknown }} disk
 * @returns {Record<string, (part: Part) => unknown>}
 */
function ordersOf(parts, database, disk) {
  return {
    start: (part) => parts[part].start(),
    kill: (part) => parts[part].kill(),
    /** SIGTERM, or PostgreSQL's own way: how many milliseconds it took, and the exit code. */
    stop: async (part) => {
      const from = performance.now()
      const code = (await parts[part].stop()) ?? 0
      return { ms: Math.round(performance.now() - from), code }
    },
    killBackend: database.killBackend,
    stall: () => database.signalAll('SIGSTOP'),
    goOn: () => database.signalAll('SIGCONT'),
    slow: database.slow,
    atFullSpeed: database.atFullSpeed,
    fillDisk: disk.fill,
    freeDisk: disk.free,
    hasEnded: (part) => !parts[part].isRunning(),
    /** How often it ended by itself. */
    crashes: (part) => parts[part].crashes(),
    memory: (part) => rssOf(parts[part].pid()),
  }
}

/** @param {import('node:child_process').ChildProcess} child @param {Record<string, (part: Part) => unknown>} orders */
function serve(child, orders) {
  child.on('message', async (message) => {
    const { id, order, part } = /** @type {{ id: number, order: string, part: Part }} */ (message)
    try {
      child.send({ id, value: (await orders[order]?.(part)) ?? null })
    } catch (error) {
      child.send({ id, error: String(error) })
    }
  })
}

/** @param {string} dir @param {number} port @param {import('./log.mjs').Log} log */
function databasePart(dir, port, log) {
  /** @type {import('./postgres.mjs').Postgres | null} */
  let running = null
  /** @type {ReturnType<typeof setInterval> | null} */
  let slowness = null
  const pid = () => {
    const found = postmasterOf(dir)
    if (found === null) throw new Failure('PostgreSQL does not run.')
    return found
  }
  const signalAll = (/** @type {NodeJS.Signals} */ signal) => {
    for (const one of [pid(), ...childrenOf(pid())]) signalIfThere(one, signal)
  }
  return {
    url: `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/cordon`,
    pid,
    crashes: () => 0,
    isRunning: () => postmasterOf(dir) !== null,
    start: async () => {
      running = await startPostgres({ dir, password: PASSWORD, port, log: log.write })
    },
    stop: async () => {
      await running?.stop()
      return 0
    },
    /** Its first process, which the others follow. */
    kill: async () => {
      process.kill(pid(), 'SIGKILL')
      await running?.exited
    },
    /** One of its processes, after which the others begin anew by themselves. */
    killBackend: () => {
      const backends = childrenOf(pid())
      const victim = backends[Math.floor(Math.random() * backends.length)]
      if (victim !== undefined) process.kill(victim, 'SIGKILL')
    },
    /** Standing still it is as on a disk that does not answer. */
    signalAll,
    /** Going on for a moment of each second it is as on a disk that takes twenty times as long. */
    slow: () => {
      slowness = setInterval(() => {
        signalAll('SIGCONT')
        setTimeout(() => slowness !== null && signalAll('SIGSTOP'), RUNS_MS)
      }, EVERY_MS)
    },
    atFullSpeed: () => {
      if (slowness !== null) clearInterval(slowness)
      slowness = null
      signalAll('SIGCONT')
    },
  }
}

/**
 * A program that is started again when it ends without having been asked to, which is counted.
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd: string, log: import('./log.mjs').Log }} options
 */
function program(args, options) {
  /** @type {import('node:child_process').ChildProcess | null} */
  let child = null
  let isMeant = false
  let crashes = 0
  const start = () => {
    isMeant = false
    child = startProgram(args, options)
    child.once('close', () => {
      if (isMeant) return
      crashes += 1
      start()
    })
  }
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    isMeant = true
    if (child === null || !isRunning(child)) return child?.exitCode ?? 0
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
    return child.exitCode
  }
  return {
    isRunning: () => child !== null && isRunning(child),
    start,
    pid: () => child?.pid ?? 0,
    crashes: () => crashes,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

/** A process that ended since it was listed has nothing to be told. @param {number} pid @param {NodeJS.Signals} signal */
function signalIfThere(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}

/** @param {number} pid */
function childrenOf(pid) {
  if (process.platform !== 'linux') throw new Failure('This benchmark looks for processes in /proc.')
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}

/** Writes until the disk takes no more; answers how many bytes. @param {string} file */
async function fill(file) {
  const handle = openSync(file, 'w')
  let total = 0
  try {
    for (let size = FILL_BYTES; size >= 4096; ) {
      try {
        total += writeSync(handle, Buffer.alloc(size))
      } catch {
        size /= 2
      }
      await sleep(0)
    }
  } finally {
    closeSync(handle)
  }
  return total
}

/** Bytes that a process has in memory. @param {number} pid */
function rssOf(pid) {
  try {
    const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kb ?? 0) * 1024
  } catch {
    return 0
  }
}
