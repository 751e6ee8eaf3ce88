import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.mjs'
import { say } from './log.mjs'
import { startOf } from './process-identity.mjs'

/**
 * What a running instance tells the others on its data.
 * @typedef {{ pid: number, start: string | null, command: string, postgresPort?: number, url?: string, stopping?: boolean }} Holder
 */

/** @typedef {{ publish: (facts: Partial<Holder>) => void, release: () => void }} Lock */

const RETRY_MS = 250
const NOTICING_MS = 1000
const STOPPING_MS = 60_000

/**
 * Makes this process the only one on a data folder; a lock whose process is gone is taken over.
 * @param {string} dir
 * @param {string} command what this process is, for the other's sentence: "npm start"
 */
export async function lock(dir, command) {
  let attempt = tryLock(dir, command)
  // one that has just been told to stop needs a moment
  for (
    let waitedMs = 0;
    attempt.other && waitedMs < (attempt.other.stopping ? STOPPING_MS : NOTICING_MS);
    waitedMs += RETRY_MS
  ) {
    await sleep(RETRY_MS)
    attempt = tryLock(dir, command)
  }
  const { held, other } = attempt
  if (held !== undefined) return held
  const where = other.url ? `, at ${other.url}` : ''
  throw new Failure(
    `Cordon already runs on this data (${other.command}, process ${other.pid}${where}): stop it first, or set CORDON_DATA to another folder than ${dir}.`,
  )
}

/**
 * Does work that only one command at a time may do; the others wait.
 * @template T
 * @param {string} dir
 * @param {string} command
 * @param {() => Promise<T>} work
 */
export async function inTurn(dir, command, work) {
  // what is built is for the user to read that a service runs as
  mkdirSync(dir, { recursive: true })
  let turn = tryLock(dir, command)
  if (turn.held === undefined)
    say(`Waiting for ${turn.other.command} (process ${turn.other.pid}), which installs or builds …`)
  while (turn.held === undefined) {
    await sleep(RETRY_MS)
    turn = tryLock(dir, command)
  }
  try {
    return await work()
  } finally {
    turn.held.release()
  }
}

/** @param {string} dir @param {string} command @returns {{ held: Lock, other?: undefined } | { held?: undefined, other: Holder }} */
function tryLock(dir, command) {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = lockFile(dir)
  /** @type {Holder} */
  let holder = { pid: process.pid, start: startOf(process.pid), command }
  const other = claim(file, holder)
  if (other !== null) return { other }
  const held = {
    /** Publishes where the instance can be reached. @param {Partial<Holder>} facts */
    publish(facts) {
      holder = { ...holder, ...facts }
      writeAside(file, holder, renameSync)
    },
    release: () => rmSync(file, { force: true }),
  }
  return { held }
}

/** The live process on a data folder, or null. @param {string} dir @returns {Holder | null} */
export function findHolder(dir) {
  const holder = readHolder(lockFile(dir))
  return isLive(holder) ? holder : null
}

/** @param {Holder | null} holder @returns {holder is Holder} */
function isLive(holder) {
  const start = holder === null ? null : startOf(holder.pid)
  return start !== null && start === holder?.start
}

/** Writes the lock, or answers who has it. @param {string} file @param {Holder} holder @returns {Holder | null} */
function claim(file, holder) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      writeAside(file, holder, linkSync)
      return null
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    const other = readHolder(file)
    if (isLive(other)) return other
    discard(file)
  }
  throw new Failure(`Several Cordons start on ${path.dirname(file)} at once: try again in a moment.`)
}

/** The whole file appears at once: nobody reads half a lock. @param {string} file @param {Holder} holder @param {(from: string, to: string) => void} place */
function writeAside(file, holder, place) {
  const aside = `${file}.${process.pid}`
  writeFileSync(aside, JSON.stringify(holder), { mode: 0o600 })
  try {
    place(aside, file)
  } finally {
    rmSync(aside, { force: true })
  }
}

/** Takes a stale lock away; one that another process has just renewed goes back. @param {string} file */
function discard(file) {
  const stale = `${file}.stale.${process.pid}`
  try {
    renameSync(file, stale)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
    return
  }
  if (isLive(readHolder(stale))) renameSync(stale, file)
  else rmSync(stale)
}

/** @param {string} file @returns {Holder | null} */
function readHolder(file) {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** @param {string} dir */
function lockFile(dir) {
  return path.join(dir, 'lock')
}
