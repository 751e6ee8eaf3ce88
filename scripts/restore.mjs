import path from 'node:path'
import { readArguments } from './lib/arguments.mjs'
import { command } from './lib/command.mjs'
import { Failure } from './lib/failure.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { MAIN, openServer, takeInstance } from './lib/instance.mjs'
import { say, step } from './lib/log.mjs'
import { readSecrets } from './lib/secrets.mjs'

const USAGE = 'npm run restore -- FILE'

/** `npm run restore -- FILE`: puts a backup in the place of the database; what was there stays under another name. */
await command(async (cleanup) => {
  const { file: given } = readArguments(USAGE)
  if (given === undefined) throw new Failure(`Say what to restore: ${USAGE}`)
  const file = path.resolve(given)
  const held = await takeInstance(MAIN, 'npm run restore', cleanup)
  await ensureInstalled()
  const { url } = await openServer(MAIN, readSecrets(MAIN.dir), held, cleanup)
  const { restoreDatabase } = await import('./lib/restore-database.mjs')
  const { createdAt, version, rows, keptAs } = await step('Restoring', () =>
    restoreDatabase(url, file, { now: new Date() }),
  )
  say(`Restored ${rows} rows as of ${createdAt} (Cordon ${version}).`)
  if (keptAs !== null)
    say(
      `What was there before is the database ${keptAs}: drop it when you are sure (DROP DATABASE ${keptAs};).`,
    )
})
