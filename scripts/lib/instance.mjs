import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { allowAppLogin, asAppRole, prepareDatabase, withDatabase } from './database.mjs'
import { Failure } from './failure.mjs'
import { keepPostgres } from './kept-postgres.mjs'
import { findHolder, lock } from './lock.mjs'
import { openLog, step } from './log.mjs'
import { DATA } from './paths.mjs'
import { readSecrets } from './secrets.mjs'

/**
 * Where a command's data is: `npm start` and `npm run demo` have their own, and run side by side.
 * @typedef {{ dir: string, database: string }} Place
 */
export const MAIN = { dir: DATA, database: 'cordon' }
export const DEMO = { dir: path.join(DATA, 'demo'), database: 'cordon_demo' }
export const DEVELOPMENT = { dir: path.join(DATA, 'development'), database: 'cordon' }

/**
 * Takes the data for this process alone.
 * @param {Place} place
 * @param {string} name of the command, for others that want the same data
 * @param {import('./command.mjs').Cleanup} cleanup
 */
export async function takeInstance(place, name, cleanup) {
  const held = await lock(place.dir, name)
  cleanup.add(held.release)
  cleanup.addFirst(() => held.publish({ stopping: true }))
  return held
}

/**
 * Opens the database of the data that this process has taken, embedded or at DATABASE_URL, migrated.
 * @param {Place} place
 * @param {import('./lock.mjs').Lock} held
 * @param {import('./command.mjs').Cleanup} cleanup
 */
export async function openInstance(place, held, cleanup) {
  const secrets = readSecrets(place.dir)
  const { url, appUrl, failed } = await openDatabase(place, secrets, held, cleanup)
  return { failed, env: environment(secrets, url, appUrl) }
}

/**
 * The environment of a command that works on the data and ends: beside a running instance it uses that one's database.
 * @param {Place} place
 * @param {string} name
 * @param {import('./command.mjs').Cleanup} cleanup
 * @param {{ makesData?: boolean }} [options] `makesData`: it may be the first that works on it
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function joinInstance(place, name, cleanup, { makesData = false } = {}) {
  if (!makesData) requireData(place)
  const running = await joinRunning(place)
  return running ?? (await openInstance(place, await takeInstance(place, name, cleanup), cleanup)).env
}

/**
 * The environment of one more worker, any number of which share a database: the one at DATABASE_URL, or that of what runs on the data.
 * @param {Place} place
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function joinAsWorker(place) {
  const given = givenDatabase(place)
  const env = given === null ? await joinRunning(place) : await joinGiven(place, given)
  if (env === null)
    throw new Failure(
      `Nothing runs on the data in ${place.dir}: begin with npm start, or name the database in DATABASE_URL.`,
    )
  return env
}

/** @param {Place} place @param {string} url */
async function joinGiven(place, url) {
  await prepareDatabase(url)
  return environment(readSecrets(place.dir), url, process.env.APP_DATABASE_URL)
}

/** null = nothing runs on the data. @param {Place} place @returns {Promise<NodeJS.ProcessEnv | null>} */
async function joinRunning(place) {
  const holder = findHolder(place.dir)
  if (holder?.url === undefined) return null
  const secrets = readSecrets(place.dir)
  const given = givenDatabase(place)
  if (given !== null) return environment(secrets, given, process.env.APP_DATABASE_URL)
  const url = `postgresql://postgres:${secrets.ownerPassword}@127.0.0.1:${holder.postgresPort}/${place.database}`
  await prepareDatabase(url)
  return environment(secrets, url, asAppRole(url, secrets.appPassword))
}

/**
 * @param {Place} place
 * @param {import('./secrets.mjs').Secrets} secrets
 * @param {import('./lock.mjs').Lock} held
 * @param {import('./command.mjs').Cleanup} cleanup
 * @returns {Promise<{ url: string, appUrl: string | undefined, failed: Promise<unknown> | null }>}
 */
async function openDatabase(place, secrets, held, cleanup) {
  const { url, failed } = await openServer(place, secrets, held, cleanup)
  await prepareDatabase(url)
  if (failed === null) return { url, appUrl: process.env.APP_DATABASE_URL, failed }
  await allowAppLogin(url, secrets.appPassword)
  return { url, appUrl: asAppRole(url, secrets.appPassword), failed }
}

/**
 * The PostgreSQL of the data that this process has taken, embedded or at DATABASE_URL; its database may not exist yet.
 * @param {Place} place
 * @param {import('./secrets.mjs').Secrets} secrets
 * @param {import('./lock.mjs').Lock} held
 * @param {import('./command.mjs').Cleanup} cleanup
 * @returns {Promise<{ url: string, failed: Promise<unknown> | null }>} `failed`: why the database could not be kept running; null for a server that is not ours
 */
export async function openServer(place, secrets, held, cleanup) {
  const given = givenDatabase(place)
  if (given !== null) return { url: given, failed: null }
  const log = openLog(path.join(place.dir, 'logs/postgres.log'))
  const dir = path.join(place.dir, 'postgres')
  const postgres = await step('Starting PostgreSQL', () =>
    keepPostgres({ dir, password: secrets.ownerPassword, log }),
  )
  cleanup.add(postgres.stop)
  held.publish({ postgresPort: postgres.port })
  return { url: postgres.url(place.database), failed: postgres.failed }
}

/**
 * Of a folder without a database a backup would hold nothing, and the audit log be whole; of another user's, PostgreSQL would take the data from them.
 * @param {Place} place
 */
export function requireData(place) {
  if (givenDatabase(place) !== null) return
  const folder = path.join(place.dir, 'postgres')
  if (!existsSync(folder))
    throw new Failure(
      `There is no database in ${place.dir}: give this command the CORDON_DATA or DATABASE_URL that the service has.`,
    )
  const owner = statSync(folder).uid
  if (process.getuid?.() === 0 && !OWN_OF_ROOT.includes(owner) && findHolder(place.dir) === null)
    throw new Failure(
      `The data in ${place.dir} belong to another user (${owner}): run this command as that one, or while Cordon runs.`,
    )
}

/** Root's PostgreSQL runs as root's own, or as nobody (postgres-binaries.mjs). */
const OWN_OF_ROOT = [0, 65_534]

/** DATABASE_URL, or a database of its own on the same server for the demo. @param {Place} place */
function givenDatabase(place) {
  const given = process.env.DATABASE_URL
  if (!given) return null
  if (!/^postgres(ql)?:\/\/./.test(given) || !URL.canParse(given))
    throw new Failure('DATABASE_URL must look like postgresql://user:password@host:5432/database.')
  return place === MAIN ? given : withDatabase(given, place.database)
}

/**
 * @param {import('./secrets.mjs').Secrets} secrets
 * @param {string} url
 * @param {string | undefined} appUrl
 * @returns {NodeJS.ProcessEnv}
 */
function environment(secrets, url, appUrl) {
  return {
    AUTH_SECRET: secrets.authSecret,
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    ...(appUrl === undefined ? {} : { APP_DATABASE_URL: appUrl }),
  }
}
