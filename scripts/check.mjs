import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { STATIC_CHECKS } from './lib/static-checks.mjs'
import { Tally } from './lib/tally.mjs'

await command(async () => {
  await ensureInstalled()
  const tally = new Tally()
  await Promise.all(STATIC_CHECKS.map((check) => tally.check(check)))
  return tally.conclude()
})
