import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const CHAR = 18
/** System catalogue types that @prisma/adapter-pg does not read → ones that it does: "char", name and reg… as text, oid as bigint. */
const READABLE_TYPES = new Map([
  [CHAR, 25],
  [1002, 1009],
  [1003, 1009],
  [22, 25],
  [24, 25],
  [26, 20],
  [2205, 25],
  [2206, 25],
])
/** Parameters of Prisma's URLs that PostgreSQL does not know. */
const PRISMA_PARAMETERS = ['schema', 'connection_limit', 'pgbouncer']

/** What the schema engine needs of a database, from @prisma/adapter-pg and pg. @param {{ url?: string, shadowDatabaseUrl?: string }} datasource @returns {any} */
export function migrationAdapterFactory({ url = 'postgresql://localhost/none', shadowDatabaseUrl }) {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connectTo(url),
    connectToShadowDb: () => (shadowDatabaseUrl ? connectTo(shadowDatabaseUrl) : connectToNewShadow(url)),
  }
}

/** @param {string} url */
export async function ping(url) {
  await withClient(connectionString(url), async () => undefined)
}

/** @param {string} url @returns {Promise<string>} its name */
export async function createDatabase(url) {
  const name = databaseName(url)
  await administer(url, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  })
  return name
}

/** @param {string} url */
export async function dropDatabase(url) {
  await administer(url, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(databaseName(url))} WITH (FORCE)`),
  )
}

/** @param {string} url */
async function connectToNewShadow(url) {
  const shadow = new URL(url)
  shadow.pathname = `/prisma_shadow_${randomUUID()}`
  await createDatabase(shadow.href)
  return connectTo(shadow.href, () => dropDatabase(shadow.href))
}

/**
 * One session per adapter (the engine takes an advisory lock), whole scripts in one simple query (the adapter's own
 * splits at every semicolon, also inside function bodies), and the system catalogue's types.
 * @param {string} url
 * @param {() => Promise<void>} [onDispose]
 */
async function connectTo(url, onDispose) {
  const pool = new pg.Pool({ connectionString: connectionString(url), max: 1 })
  const schema = new URL(url).searchParams.get('schema') ?? undefined
  /** @type {any} */ const adapter = await new PrismaPg(pool, { schema }).connect()
  const inherited = Object.getPrototypeOf(adapter)
  return Object.assign(adapter, {
    /** @param {any} query */
    async queryRaw(query) {
      const result = await adapter.performIO(query)
      /** @type {boolean[]} */ const chars = result.fields.map(
        (/** @type {pg.FieldDef} */ field) => field.dataTypeID === CHAR,
      )
      for (const field of result.fields)
        field.dataTypeID = READABLE_TYPES.get(field.dataTypeID) ?? field.dataTypeID
      const answer = await inherited.queryRaw.call({ performIO: async () => result }, query)
      chars.forEach((isChar, at) => {
        if (isChar) answer.columnTypes[at] = ColumnTypeEnum.Character
      })
      return answer
    },
    /** @param {string} script */
    async executeScript(script) {
      await pool.query(script).catch((error) => adapter.onError(error))
    },
    async dispose() {
      await pool.end()
      await onDispose?.()
    },
  })
}

/** @template T @param {string} url @param {(client: pg.Client) => Promise<T>} use */
function administer(url, use) {
  const server = new URL(connectionString(url))
  server.pathname = '/postgres'
  return withClient(server.href, use)
}

/** @template T @param {string} connection @param {(client: pg.Client) => Promise<T>} use */
async function withClient(connection, use) {
  const client = new pg.Client({ connectionString: connection })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** @param {string} url */
function connectionString(url) {
  const plain = new URL(url)
  for (const parameter of PRISMA_PARAMETERS) plain.searchParams.delete(parameter)
  return plain.href
}

/** @param {string} url */
function databaseName(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}
