import { readArguments } from './lib/arguments.mjs'
import { command } from './lib/command.mjs'
import { distributeDatabase } from './lib/distribute-database.mjs'
import { Failure } from './lib/failure.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { say } from './lib/log.mjs'
import { distributionStatements } from './lib/table-placement.mjs'

/** `npm run distribute [-- --dry-run]`: turns the database at DATABASE_URL, which has the extension citus, into a distributed one. */
await command(async () => {
  const { flags } = readArguments('DATABASE_URL=postgresql://… npm run distribute [-- --dry-run]', {
    flags: ['dry-run'],
  })
  if (flags.has('dry-run')) {
    for (const statement of distributionStatements()) process.stdout.write(`${statement};\n`)
    return
  }
  const url = process.env['DATABASE_URL']
  if (url === undefined)
    throw new Failure(
      'Say which database: DATABASE_URL=postgresql://… npm run distribute. The embedded PostgreSQL cannot be distributed; `npm run backup` and `npm run restore` bring its data to a server that can.',
    )
  await ensureInstalled()
  const { distributed, reference } = await distributeDatabase(url)
  say(
    `${distributed} tables lie with their host, ${reference} on every node, the rest on the coordinator. Add nodes with citus_add_node, then SELECT citus_rebalance_start().`,
  )
})
