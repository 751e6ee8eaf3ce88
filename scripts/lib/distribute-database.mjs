import { prepareDatabase, withClient, withDatabase } from './database.mjs'
import { Failure } from './failure.mjs'
import { step } from './log.mjs'
import { DISTRIBUTED, distributionStatements, REFERENCE } from './table-placement.mjs'

/**
 * Migrates a database and distributes its tables over the nodes of its Citus cluster; what is distributed already stays.
 * @param {string} url of the database's owner
 * @returns {Promise<{ distributed: number, reference: number }>} how many tables lie so
 * @throws Failure where the server lacks the extension
 */
export async function distributeDatabase(url) {
  await withClient(withDatabase(url, 'postgres'), assertExtension)
  await prepareDatabase(url)
  await withClient(url, async (client) => {
    for (const statement of distributionStatements())
      await step(described(statement), () => client.query(statement))
  })
  return { distributed: Object.keys(DISTRIBUTED).length, reference: REFERENCE.length }
}

/** @param {import('pg').Client} client */
async function assertExtension(client) {
  const { rows } = await client.query("SELECT FROM pg_available_extensions WHERE name = 'citus'")
  if (rows.length === 0)
    throw new Failure(
      'This PostgreSQL does not have the extension citus: install it on every node, add it to shared_preload_libraries and restart. Nothing was changed.',
    )
}

/** @param {string} statement */
function described(statement) {
  const [, call = 'create', table = 'extension'] = /create_(\w+)_table\('public\.(\w+)'/.exec(statement) ?? []
  return call === 'create' ? 'Turning the extension on' : `Placing ${table} (${call})`
}
