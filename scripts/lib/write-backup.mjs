import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { to as copyTo } from 'pg-copy-streams'
import tar from 'tar-stream'
import { columnList, listPartitions, listSequences, listTables } from './backup-tables.mjs'
import { appliedMigrations, listMigrations, withClient } from './database.mjs'

/** Of this form; a reader refuses others. */
export const BACKUP_FORMAT = 1
/** A table is cut into tar members of at most this size: their length stands before them. */
const MEMBER_BYTES = 8 * 1024 * 1024

/** @typedef {{ rows: number, sha256: string }} Written */

/**
 * Writes everything that a database holds, as of one moment, while it is in use: a gzipped tar of `manifest.json`, each table in
 * PostgreSQL's COPY text as `table/NAME/NUMBER`, and `end.json` with each one's rows and SHA-256. The file appears whole or not at all.
 * @param {string} url of the database's owner
 * @param {string} file
 * @param {{ version: string, now: Date }} options
 * @returns {Promise<{ tables: number, rows: number }>}
 */
export async function writeBackup(url, file, { version, now }) {
  const unfinished = `${file}.unfinished`
  try {
    // what a command that was killed left, and what anybody else put there: nothing is written into it
    await rm(unfinished, { force: true })
    const pack = tar.pack()
    const written = pipeline(
      pack,
      createGzip({ level: 4 }),
      createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }),
    )
    const [counts] = await Promise.all([
      withClient(url, (client) => packDatabase(client, pack, { version, now })).catch((error) => {
        pack.destroy(error)
        throw error
      }),
      written,
    ])
    await rename(unfinished, file)
    return counts
  } finally {
    await rm(unfinished, { force: true })
  }
}

/**
 * @param {import('pg').Client} client
 * @param {import('tar-stream').Pack} pack
 * @param {{ version: string, now: Date }} options
 */
async function packDatabase(client, pack, { version, now }) {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await client.query("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'")
  const tables = await listTables(client)
  const manifest = {
    format: BACKUP_FORMAT,
    version,
    createdAt: now.toISOString(),
    migrations: await shapedBy(client),
    tables,
    partitions: await listPartitions(client),
    sequences: await listSequences(client),
  }
  await addMember(pack, 'manifest.json', Buffer.from(JSON.stringify(manifest, null, 1)))
  /** @type {Record<string, Written>} */
  const end = {}
  for (const table of tables) end[table.name] = await packTable(client, pack, table)
  await addMember(pack, 'end.json', Buffer.from(JSON.stringify(end, null, 1)))
  pack.finalize()
  await client.query('COMMIT')
  return { tables: tables.length, rows: Object.values(end).reduce((sum, { rows }) => sum + rows, 0) }
}

/** The migrations that shaped the database. @param {import('pg').Client} client */
async function shapedBy(client) {
  const applied = await appliedMigrations(client)
  return listMigrations()
    .filter(({ name }) => applied.has(name))
    .map(({ name, checksum }) => ({ name, checksum }))
}

/**
 * @param {import('pg').Client} client
 * @param {import('tar-stream').Pack} pack
 * @param {import('./backup-tables.mjs').Table} table
 * @returns {Promise<Written>}
 */
async function packTable(client, pack, table) {
  // a partitioned table itself holds nothing: only a query reads its partitions
  const source = client.query(
    copyTo(
      `COPY (SELECT ${columnList(table, client)} FROM ${client.escapeIdentifier(table.name)}) TO STDOUT`,
    ),
  )
  const hash = createHash('sha256')
  /** @type {Buffer[]} */
  let parts = []
  let bytes = 0
  let members = 0
  const flush = async () => {
    if (bytes === 0) return
    members += 1
    await addMember(pack, `table/${table.name}/${members}`, Buffer.concat(parts, bytes))
    parts = []
    bytes = 0
  }
  for await (const chunk of source) {
    hash.update(chunk)
    parts.push(chunk)
    bytes += chunk.length
    if (bytes >= MEMBER_BYTES) await flush()
  }
  await flush()
  return { rows: source.rowCount, sha256: hash.digest('hex') }
}

/** @param {import('tar-stream').Pack} pack @param {string} name @param {Buffer} content @returns {Promise<void>} */
function addMember(pack, name, content) {
  return new Promise((resolve, reject) => {
    pack.entry({ name, mtime: new Date(0) }, content, (error) => (error ? reject(error) : resolve()))
  })
}
