import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { prismaEnv } from './install.mjs'
import { step } from './log.mjs'
import { ROOT } from './paths.mjs'
import { mustRun, nodeModule } from './run.mjs'

const OLDEST_POSTGRES = 15
const APP_ROLE = 'cordon_app'
const MIGRATIONS = path.join(ROOT, 'prisma/migrations')

/**
 * Makes sure that the database exists, is new enough and has every migration.
 * @param {string} url of its owner
 */
export async function prepareDatabase(url) {
  await createDatabaseIfMissing(url)
  await withClient(url, assertVersion)
  if (await withClient(url, isMigrated)) return
  await step('Migrating the database', () => migrate(url))
}

/** Applies the migrations that are missing. @param {string} url */
export async function migrate(url) {
  const [node = '', prisma = ''] = nodeModule('prisma/build/index.js')
  await mustRun('Migrating the database', node, [prisma, 'migrate', 'deploy'], {
    env: prismaEnv({ DATABASE_URL: url }),
  })
}

/** Gives the application's role, which the first migration made without a login, its password. @param {string} url @param {string} password */
export async function allowAppLogin(url, password) {
  await withClient(url, (client) =>
    client.query(`ALTER ROLE ${APP_ROLE} LOGIN PASSWORD ${client.escapeLiteral(password)}`),
  )
}

/** The same server and database under another login. @param {string} url @param {string} password */
export function asAppRole(url, password) {
  const app = new URL(url)
  app.username = APP_ROLE
  app.password = password
  return app.toString()
}

/** The same server and login, another database. @param {string} url @param {string} name */
export function withDatabase(url, name) {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.toString()
}

/**
 * @template T
 * @param {string} url
 * @param {(client: import('pg').Client) => Promise<T>} use
 */
export async function withClient(url, use) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (error) {
    throw unreachable(url, /** @type {Error & { code?: string }} */ (error))
  }
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** @param {string} url @param {Error & { code?: string }} error */
function unreachable(url, error) {
  if (error.code === '3D000') return error
  const { host, pathname } = new URL(url)
  return new Failure(
    `The database ${pathname.slice(1)} at ${host} cannot be reached (${error.message || error.code}): check DATABASE_URL.`,
    {
      cause: error,
    },
  )
}

/** @param {string} url */
async function createDatabaseIfMissing(url) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  try {
    await withClient(url, async () => undefined)
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code !== '3D000') throw error
    await withClient(withDatabase(url, 'postgres'), (client) =>
      client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`),
    )
  }
}

/** Makes a database as a copy of another one of the same server, file by file, which nobody may be using. @param {string} from @param {string} to their addresses */
export async function copyDatabase(from, to) {
  const [template, name] = [from, to].map((url) => decodeURIComponent(new URL(url).pathname.slice(1)))
  await withClient(withDatabase(to, 'postgres'), (client) =>
    client.query(
      `CREATE DATABASE ${client.escapeIdentifier(name ?? '')} TEMPLATE ${client.escapeIdentifier(template ?? '')} STRATEGY FILE_COPY`,
    ),
  )
}

/** @param {import('pg').Client} client */
async function assertVersion(client) {
  const { rows } = await client.query('SHOW server_version_num')
  const major = Math.floor(Number(rows[0].server_version_num) / 10_000)
  if (major < OLDEST_POSTGRES)
    throw new Failure(
      `Cordon needs PostgreSQL ${OLDEST_POSTGRES} or newer; the one at DATABASE_URL is ${major}.`,
    )
}

/** Whether every migration of this checkout is applied, without starting Prisma. @param {import('pg').Client} client */
async function isMigrated(client) {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') AS found")
  if (tables[0].found === null) return false
  const applied = await appliedMigrations(client)
  return listMigrations().every(({ name, checksum }) => applied.get(name) === checksum)
}

/** The migrations that shaped a database, each with its checksum. @param {import('pg').Client} client @returns {Promise<Map<string, string>>} */
export async function appliedMigrations(client) {
  const { rows } = await client.query(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

/** The migrations of this checkout, oldest first. */
export function listMigrations() {
  return readdirSync(MIGRATIONS)
    .sort()
    .map((name) => ({ name, file: path.join(MIGRATIONS, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({
      name,
      file,
      checksum: createHash('sha256').update(readFileSync(file)).digest('hex'),
    }))
}
