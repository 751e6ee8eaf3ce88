import { prepareDatabase, withClient, withDatabase } from './database.mjs'
import { Failure } from './failure.mjs'
import { readBackup } from './read-backup.mjs'

/**
 * Puts a backup in a database's place. It is filled beside it first, so that a damaged file changes nothing; what was there before
 * stays on the server under another name.
 * @param {string} url of the database's owner, who may create databases
 * @param {string} file
 * @param {{ now: Date }} options
 * @returns {Promise<{ createdAt: string, version: string, rows: number, keptAs: string | null }>}
 */
export async function restoreDatabase(url, file, { now }) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  const restoring = `${name}_restoring`
  await onServer(url, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(restoring)}`)
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(restoring)}`)
  })
  try {
    const result = await readBackup(withDatabase(url, restoring), file)
    const keptAs = await onServer(url, (client) => swap(client, name, restoring, now))
    await prepareDatabase(url)
    return { ...result, keptAs }
  } finally {
    await onServer(url, (client) =>
      client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(restoring)}`),
    )
  }
}

/**
 * @param {import('pg').Client} client
 * @param {string} name
 * @param {string} restoring
 * @param {Date} now
 */
async function swap(client, name, restoring, now) {
  const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  const keptAs =
    rows.length === 0 ? null : `${name}_before_${now.toISOString().slice(0, 19).replace(/[-:T]/g, '')}`
  if (keptAs !== null) await renameDatabase(client, name, keptAs)
  await renameDatabase(client, restoring, name)
  return keptAs
}

/** @param {import('pg').Client} client @param {string} from @param {string} to */
async function renameDatabase(client, from, to) {
  try {
    await client.query(
      `ALTER DATABASE ${client.escapeIdentifier(from)} RENAME TO ${client.escapeIdentifier(to)}`,
    )
  } catch (error) {
    // object_in_use
    if (/** @type {{ code?: string }} */ (error).code !== '55006') throw error
    throw new Failure(
      `The database ${from} is in use: stop every web server and worker on it, then restore again.`,
      { cause: error },
    )
  }
}

/** @template T @param {string} url @param {(client: import('pg').Client) => Promise<T>} use */
function onServer(url, use) {
  return withClient(withDatabase(url, 'postgres'), use)
}
