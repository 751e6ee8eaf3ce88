import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { allowAppLogin, asAppRole, copyDatabase, prepareDatabase, withDatabase } from './database.mjs'
import { startPostgres, stopLeftOver } from './postgres.mjs'
import { startOf } from './process-identity.mjs'

const PASSWORD = 'throwaway'
/** The folder's name goes on with its owner's process id. */
const PREFIX = 'cordon-postgres-'

/**
 * A PostgreSQL in a temporary folder with one migrated database to clone; `stop` leaves nothing behind.
 * @param {{ durable?: boolean, keptIn?: string | undefined }} [options] `durable`: with the settings of a real installation, for benchmarks;
 * `keptIn`: a folder of its own, which stays
 */
export async function startThrowawayDatabase({ durable = false, keptIn } = {}) {
  await removeOrphans()
  const folder =
    keptIn === undefined
      ? mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`))
      : path.resolve(keptIn)
  const postgres = await startPostgres({ dir: path.join(folder, 'data'), password: PASSWORD, fast: !durable })
  const stop = async () => {
    await postgres.stop()
    if (keptIn === undefined) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const templateUrl = postgres.url('template_cordon')
    await prepareDatabase(templateUrl)
    await allowAppLogin(templateUrl, PASSWORD)
    return { postgres, templateUrl, appUrl: (/** @type {string} */ url) => asAppRole(url, PASSWORD), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * For the tests of a file: a migrated database of their own on the run's server (checks/database.setup.mjs), which goes with it.
 * @param {string} name
 */
export async function databaseOfTests(name) {
  const template = process.env.TEST_TEMPLATE_DATABASE_URL ?? ''
  const url = withDatabase(template, name)
  await copyDatabase(template, url)
  return { url, appUrl: (/** @type {string} */ of) => asAppRole(of, PASSWORD) }
}

/** A killed test run could not clean up after itself: the next one does. */
async function removeOrphans() {
  for (const name of readdirSync(os.tmpdir())) {
    const owner = /^cordon-postgres-(\d+)-/.exec(name)?.[1]
    const folder = path.join(os.tmpdir(), name)
    if (owner === undefined || startOf(Number(owner)) !== null || statSync(folder).uid !== process.getuid?.())
      continue
    await stopLeftOver(path.join(folder, 'data'))
    rmSync(folder, { recursive: true, force: true })
  }
}
