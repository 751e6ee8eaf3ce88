import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'

/** The database client that types and tests need, from prisma/schema. */
await command(ensureInstalled)
