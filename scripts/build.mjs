import { ensureBundles, ensureWeb } from './lib/build.mjs'
import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'

/** `npm run build`: everything that `npm start` would install and build first, so that the next start takes seconds. */
await command(async () => {
  await ensureInstalled()
  await ensureBundles()
  await ensureWeb()
})
