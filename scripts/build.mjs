import { ensureBundles, ensureWeb } from './lib/build.mjs'
import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { prepareBinaries } from './lib/postgres-binaries.mjs'

/** `npm run build`: everything that `npm start` would install and build first, so that the next start takes seconds and writes nothing here. */
await command(async () => {
  await ensureInstalled()
  prepareBinaries()
  await ensureBundles()
  await ensureWeb()
})
