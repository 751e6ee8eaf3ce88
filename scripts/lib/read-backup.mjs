import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import { finished, pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { from as copyFrom } from 'pg-copy-streams'
import tar from 'tar-stream'
import { columnList } from './backup-tables.mjs'
import { listMigrations, withClient } from './database.mjs'
import { Failure } from './failure.mjs'
import { withoutLongHeaders } from './without-long-headers.mjs'
import { BACKUP_FORMAT } from './write-backup.mjs'

/**
 * @typedef {import('./write-backup.mjs').Written} Written
 * @typedef {{ format: number, version: string, createdAt: string, migrations: { name: string, checksum: string }[], tables: import('./backup-tables.mjs').Table[], partitions: import('./backup-tables.mjs').Partition[], sequences: import('./backup-tables.mjs').Sequence[] }} Manifest
 * @typedef {AsyncIterable<Buffer> & { header: { name: string, size: number } }} Entry
 */

/** Of a manifest or an end, which are held whole: far more than those of thousands of partitions. */
const MAX_HELD_BYTES = 64 * 1024 * 1024

/** Prisma's own record of migrations, as it makes it (Prisma 7). */
export const MIGRATION_TABLE = `CREATE TABLE _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

/**
 * Fills an empty database with what writeBackup wrote, in one transaction: all of it or nothing. The schema is first made as it was
 * then, by the migrations of that time; later ones follow as after any update.
 * @param {string} url of the empty database's owner
 * @param {string} file
 * @returns {Promise<{ createdAt: string, version: string, rows: number }>}
 * @throws Failure when the file is no backup, is cut off or damaged, or comes from a newer Cordon
 */
export async function readBackup(url, file) {
  return withClient(url, async (client) => {
    await client.query("BEGIN; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'")
    const extract = withoutLongHeaders(tar.extract())
    const read = pipeline(createReadStream(file), createGunzip(), extract)
    read.catch(() => undefined)
    try {
      const result = await load(client, /** @type {AsyncIterable<Entry>} */ (extract))
      await read
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw asFailure(error, file)
    } finally {
      extract.destroy()
    }
  })
}

/** @param {unknown} error @param {string} file */
function asFailure(error, file) {
  if (error instanceof Failure) return error
  const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error)
  if (code === 'ENOENT') return new Failure(`There is no file ${file}.`)
  if (
    /^Z_|^ERR_STREAM_PREMATURE_CLOSE$/.test(code) ||
    /^(Unexpected end|Invalid tar|Invalid header|Header exceeds|Stream was destroyed)/.test(message)
  )
    return new Failure(`${file} is cut off or damaged (${message}). Nothing was restored.`)
  return error
}

/**
 * @param {import('pg').Client} client
 * @param {AsyncIterable<Entry>} members
 */
async function load(client, members) {
  /** @type {Manifest | undefined} */
  let manifest
  /** @type {Record<string, Written> | undefined} */
  let end
  /** @type {Map<string, Written>} */
  const loaded = new Map()
  /** @type {Awaited<ReturnType<typeof openTable>> | undefined} */
  let open
  const close = async () => {
    if (open === undefined) return
    loaded.set(open.name, await open.close())
    open = undefined
  }
  const readMember = async (/** @type {Entry} */ member) => {
    const table = /^table\/([^/]+)\/\d+$/.exec(member.header.name)?.[1]
    if (table !== undefined && manifest !== undefined) {
      if (open?.name !== table) {
        await close()
        open = await openTable(client, manifest, table)
      }
      await open.append(member)
      return
    }
    if (member.header.name === 'manifest.json' && manifest === undefined) {
      manifest = checkedManifest(await readJson(member))
      await makeSchema(client, manifest)
    } else if (member.header.name === 'end.json' && manifest !== undefined)
      end = /** @type {Record<string, Written>} */ (await readJson(member))
    else throw new Failure(`${notOurs(member)} is not expected there). Nothing was restored.`)
  }
  try {
    for await (const member of members) await readMember(member)
    await close()
  } catch (error) {
    await open?.abort()
    throw error
  }
  if (manifest === undefined)
    throw new Failure('This is not a backup of Cordon: it has no manifest. Nothing was restored.')
  requireWhole(manifest, end, loaded)
  await finish(client, manifest)
  const rows = [...loaded.values()].reduce((sum, written) => sum + written.rows, 0)
  return { createdAt: manifest.createdAt, version: manifest.version, rows }
}

/** @param {unknown} content @returns {Manifest} */
function checkedManifest(content) {
  const manifest = /** @type {Manifest} */ (content)
  if (manifest?.format !== BACKUP_FORMAT || !Array.isArray(manifest.tables))
    throw new Failure(
      'This backup is of a form that this Cordon does not read: use the version that wrote it, or a newer one.',
    )
  const ours = new Map(listMigrations().map(({ name, checksum }) => [name, checksum]))
  const unknown = manifest.migrations.find(({ name, checksum }) => ours.get(name) !== checksum)
  if (unknown !== undefined)
    throw new Failure(
      `This backup was written by a newer Cordon (${manifest.version}; its migration ${unknown.name} is not known here): update first.`,
    )
  return manifest
}

/** @param {import('pg').Client} client @param {Manifest} manifest */
async function makeSchema(client, manifest) {
  await client.query(MIGRATION_TABLE)
  const names = new Set(manifest.migrations.map(({ name }) => name))
  for (const { name, file } of listMigrations())
    if (names.has(name)) await client.query(readFileSync(file, 'utf8'))
  for (const { parent, month } of manifest.partitions)
    await client.query('SELECT make_partition($1, $2::date)', [parent, month])
  const tables = manifest.tables.map(({ name }) => client.escapeIdentifier(name))
  // triggers are for changes, not for what is put back
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  // migrations may have filled some
  await client.query(`TRUNCATE ${tables.join(', ')}`)
}

/** @param {import('pg').Client} client @param {Manifest} manifest */
async function finish(client, manifest) {
  for (const { name } of manifest.tables)
    await client.query(`ALTER TABLE ${client.escapeIdentifier(name)} ENABLE TRIGGER USER`)
  for (const { name, value, called } of manifest.sequences)
    await client.query('SELECT setval($1::regclass, $2, $3)', [client.escapeIdentifier(name), value, called])
}

/** @param {import('pg').Client} client @param {Manifest} manifest @param {string} name */
async function openTable(client, manifest, name) {
  const table = manifest.tables.find((one) => one.name === name)
  if (table === undefined)
    throw new Failure(`This backup is damaged: its manifest has no table ${name}. Nothing was restored.`)
  const sink = client.query(
    copyFrom(`COPY ${client.escapeIdentifier(name)} (${columnList(table, client)}) FROM STDIN`),
  )
  // what the server says of a row arrives here, at any time
  const done = finished(sink)
  done.catch(() => undefined)
  const hash = createHash('sha256')
  return {
    name,
    /** @param {Entry} member */
    async append(member) {
      for await (const chunk of member) {
        hash.update(chunk)
        if (!sink.write(chunk)) await Promise.race([once(sink, 'drain'), done])
      }
    },
    /** The connection is free for other commands again; until then it waits for more rows. */
    async abort() {
      sink.destroy()
      await done.catch(() => undefined)
    },
    /** @returns {Promise<Written>} */
    async close() {
      sink.end()
      await done
      return { rows: sink.rowCount, sha256: hash.digest('hex') }
    },
  }
}

/** @param {Manifest} manifest @param {Record<string, Written> | undefined} end @param {Map<string, Written>} loaded */
function requireWhole(manifest, end, loaded) {
  if (end === undefined)
    throw new Failure('This backup is cut off: its end is missing. Nothing was restored.')
  for (const { name } of manifest.tables) {
    const written = end[name]
    const rows = loaded.get(name)?.rows ?? 0
    if (
      written === undefined ||
      written.rows !== rows ||
      (rows > 0 && loaded.get(name)?.sha256 !== written.sha256)
    )
      throw new Failure(
        `This backup is damaged: the table ${name} is not as it was written. Nothing was restored.`,
      )
  }
}

/** @param {Entry} member @returns {Promise<unknown>} */
async function readJson(member) {
  if (member.header.size > MAX_HELD_BYTES)
    throw new Failure(`${notOurs(member)} is larger than any). Nothing was restored.`)
  /** @type {Buffer[]} */
  const parts = []
  for await (const chunk of member) parts.push(chunk)
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch (error) {
    throw new Failure(`${notOurs(member)} is not readable). Nothing was restored.`, { cause: error })
  }
}

/** @param {Entry} member */
function notOurs(member) {
  return `This is not a backup of Cordon (${JSON.stringify(member.header.name.slice(0, 200))}`
}
