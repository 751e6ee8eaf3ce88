import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { OTHER_CHECKS, TYPES } from './lib/static-checks.mjs'
import { Tally } from './lib/tally.mjs'

await command(async () => {
  await ensureInstalled()
  const tally = new Tally()
  await Promise.all([TYPES, ...OTHER_CHECKS].map((check) => tally.check(check)))
  return tally.conclude()
})
