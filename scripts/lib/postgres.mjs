import { execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { diskFull, Failure, saysDiskFull } from './failure.mjs'
import { freePort } from './ports.mjs'
import { findRunner } from './postgres-binaries.mjs'
import { commandOf } from './process-identity.mjs'
import { run } from './run.mjs'

/** @typedef {import('./postgres-binaries.mjs').Runner} Runner */

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  // 20 of a web server, 10 of each worker and command
  max_connections: '100',
  // a query over all time locks each month's table and indexes
  max_locks_per_transaction: '512',
  shared_buffers: `${sharedBuffersMb(Math.min(os.totalmem(), process.constrainedMemory() || Infinity))}MB`,
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  // rows, and what was asked for, have no place in a log: attackers write command lines, and people look for names
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}
/** For databases that are thrown away. */
const UNSAFE_BUT_FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  checkpoint_timeout: '1h',
  bgwriter_lru_maxpages: '0',
  shared_buffers: '128MB',
  // its summaries of block ranges read tables too, which history-scans.mjs would count as queries that do
  autovacuum: 'off',
}
const ENVIRONMENT = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
const SMALL_SHM_BYTES = 512 * 1024 * 1024
const STOP_MS = 30_000
const START_ATTEMPTS = 10

/**
 * A sixteenth of the machine's memory, or of what a container may have: 2 GB at most. PostgreSQL's guide gives a machine of its own a quarter.
 * @param {number} bytes
 */
function sharedBuffersMb(bytes) {
  return Math.round(Math.min(2048, Math.max(256, bytes / 16 / 1024 / 1024)))
}

/**
 * A running PostgreSQL.
 * @typedef {object} Postgres
 * @property {number} port
 * @property {(database: string) => string} url connection of the superuser `postgres`
 * @property {() => Promise<void>} stop
 * @property {Promise<string>} exited its last output, when it ends without having been asked to
 */

/**
 * Starts PostgreSQL on a data folder, making the cluster at the first start, and waits until it answers.
 * One that a killed Cordon left behind on the same data is stopped first.
 * @param {{ dir: string, password: string, port?: number, fast?: boolean, log?: (chunk: Buffer) => void }} options `port`: a free one unless given
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dir, password, port: given, fast = false, log }) {
  const runner = findRunner()
  mkdirSync(path.dirname(dir), { recursive: true })
  if (!existsSync(dir)) await createCluster(runner, { dir, password, fast })
  own(runner, dir)
  await stopLeftOver(dir)
  for (let attempt = 1; ; attempt += 1) {
    const port = given ?? (await freePort())
    const server = launch(runner, { dir, port, settings: settings(fast) }, log)
    const failure = await server.ready
    if (failure === null) {
      const url = (/** @type {string} */ database) =>
        `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
      return { port, url, stop: server.stop, exited: server.exited }
    }
    if (saysDiskFull(failure)) throw diskFull(` (at ${dir})`)
    // its former backends may need a moment to notice that their server was killed; a port may have been taken meanwhile
    const passing = /pre-existing shared memory block|could not bind|Address already in use/.test(failure)
    if (!passing || attempt === START_ATTEMPTS)
      throw new Failure(`PostgreSQL did not start:\n${failure.trim()}`)
    await sleep(500)
  }
}

/** The cluster appears whole or not at all: an interrupted initdb leaves only a folder that the next start removes. */
/** @param {Runner} runner @param {{ dir: string, password: string, fast: boolean }} options */
async function createCluster(runner, { dir, password, fast }) {
  const unfinished = `${dir}.new`
  rmSync(unfinished, { recursive: true, force: true })
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'cordon-initdb-'))
  const passwordFile = path.join(temporary, 'password')
  try {
    mkdirSync(unfinished, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (runner.ownerUid !== null)
      for (const place of [unfinished, temporary, passwordFile]) chownSync(place, runner.ownerUid, -1)
    const [command, args] = runner.wrap(path.join(runner.bin, 'initdb'), [
      ...[
        '-D',
        unfinished,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
      ],
      ...[
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--lc-collate=C',
        '--lc-ctype=C',
        '--no-instructions',
      ],
      ...(fast ? ['--no-sync'] : []),
    ])
    const { code, output } = await run(command, args, { env: ENVIRONMENT, cwd: '/' })
    if (saysDiskFull(output)) throw diskFull(` (at ${dir})`)
    if (code !== 0) throw new Failure(`PostgreSQL could not create its data folder:\n${output.trim()}`)
    renameSync(unfinished, dir)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** PostgreSQL accepts only data that its own user owns. @param {Runner} runner @param {string} dir */
function own({ ownerUid }, dir) {
  if (ownerUid !== null && statSync(dir).uid !== ownerUid)
    execFileSync('chown', ['-R', String(ownerUid), dir])
}

/** @param {boolean} fast @returns {Record<string, string>} */
function settings(fast) {
  return {
    ...SETTINGS,
    ...(fast ? UNSAFE_BUT_FAST : {}),
    ...(hasSmallSharedMemory() ? { dynamic_shared_memory_type: 'mmap' } : {}),
  }
}

/** Containers give /dev/shm 64 MB, which one parallel query can exceed. */
function hasSmallSharedMemory() {
  if (process.platform !== 'linux') return false
  if (!existsSync('/dev/shm')) return true
  const { blocks, bsize } = statfsSync('/dev/shm')
  return blocks * bsize < SMALL_SHM_BYTES
}

/**
 * @param {Runner} runner
 * @param {{ dir: string, port: number, settings: Record<string, string> }} options
 * @param {((chunk: Buffer) => void) | undefined} log
 */
function launch(runner, { dir, port, settings }, log) {
  const set = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const [command, args] = runner.wrap(path.join(runner.bin, 'postgres'), ['-D', dir, ...set])
  // detached: Ctrl-C in the terminal reaches us alone, and we stop PostgreSQL last
  const child = spawn(command, args, {
    env: ENVIRONMENT,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let output = ''
  let stopping = false
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', () => resolve(output))
  })
  /** @type {Promise<string | null>} */
  const ready = new Promise((resolve) => {
    child.stderr.on('data', (chunk) => {
      output = (output + chunk).slice(-8000)
      log?.(chunk)
      if (output.includes('ready to accept connections')) resolve(null)
    })
    ended.then(resolve)
  })
  async function stop() {
    stopping = true
    // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, safe as a crash is
    child.kill('SIGINT')
    const impatience = setTimeout(() => child.kill('SIGQUIT'), STOP_MS)
    await ended
    clearTimeout(impatience)
  }
  const exited = new Promise((resolve) => {
    ended.then((last) => stopping || resolve(last))
  })
  return { ready, stop, exited: /** @type {Promise<string>} */ (exited) }
}

/** The first process of the PostgreSQL that runs on a data folder: it is ours, for it has the folder on its command line; null = none. @param {string} dir */
export function postmasterOf(dir) {
  const file = path.join(dir, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return runsOn(dir, pid) ? pid : null
}

/** @param {string} dir @param {number} pid */
function runsOn(dir, pid) {
  return commandOf(pid)?.includes(dir) ?? false
}

/** Stops the PostgreSQL that a killed Cordon left behind. @param {string} dir */
export async function stopLeftOver(dir) {
  const pid = postmasterOf(dir)
  if (pid === null) return
  process.kill(pid, 'SIGINT')
  for (let waitedMs = 0; runsOn(dir, pid); waitedMs += 100) {
    if (waitedMs > STOP_MS)
      throw new Failure(
        `A PostgreSQL left over from before (process ${pid}) does not stop: end it, then start again.`,
      )
    await sleep(100)
  }
}
