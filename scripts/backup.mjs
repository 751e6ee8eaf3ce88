import { existsSync } from 'node:fs'
import path from 'node:path'
import { readArguments } from './lib/arguments.mjs'
import { command } from './lib/command.mjs'
import { Failure } from './lib/failure.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { joinInstance, MAIN } from './lib/instance.mjs'
import { say, step } from './lib/log.mjs'
import { readVersion } from './lib/version.mjs'

const USAGE = 'npm run backup -- FILE'

/** `npm run backup -- FILE`: everything the database holds, as of one moment, while Cordon runs or not. */
await command(async (cleanup) => {
  const { file: given } = readArguments(USAGE)
  if (given === undefined) throw new Failure(`Say where to write it: ${USAGE}`)
  const file = path.resolve(given)
  if (existsSync(file)) throw new Failure(`${file} exists already: name another file, or move it away.`)
  const folder = path.dirname(file)
  if (!existsSync(folder))
    throw new Failure(`There is no folder ${folder} to write it to: make it, or name another.`)
  await ensureInstalled()
  const { DATABASE_URL: url = '' } = await joinInstance(MAIN, 'npm run backup', cleanup)
  const { writeBackup } = await import('./lib/write-backup.mjs')
  const { tables, rows } = await step('Writing the backup', () =>
    writeBackup(url, file, { version: readVersion(), now: new Date() }),
  )
  say(
    `${file} holds ${tables} tables, ${rows} rows. Keep secrets.json of the data folder with it: without it everybody signs in again.`,
  )
})
