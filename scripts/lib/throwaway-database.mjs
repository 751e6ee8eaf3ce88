import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { allowAppLogin, asAppRole, prepareDatabase } from './database.mjs'
import { startPostgres } from './postgres.mjs'

const PASSWORD = 'throwaway'

/**
 * A PostgreSQL in a temporary folder with one migrated database to clone; `stop` leaves nothing behind.
 * @param {{ durable?: boolean }} [options] `durable`: with the settings of a real installation, for benchmarks
 */
export async function startThrowawayDatabase({ durable = false } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-postgres-'))
  const postgres = await startPostgres({ dir: path.join(folder, 'data'), password: PASSWORD, fast: !durable })
  const stop = async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
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
