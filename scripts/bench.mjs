import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bundleEntries } from './lib/build.mjs'
import { command } from './lib/command.mjs'
import { Failure } from './lib/failure.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { DIST, ROOT } from './lib/paths.mjs'
import { runBundle } from './lib/supervise.mjs'
import { startThrowawayDatabase } from './lib/throwaway-database.mjs'

await command(async (cleanup) => {
  const [name, ...args] = process.argv.slice(2)
  if (name === undefined || !existsSync(path.join(ROOT, 'bench', `${name}.ts`)))
    throw new Failure('Usage: npm run bench -- NAME [its arguments], where bench/NAME.ts exists.')
  await ensureInstalled()
  // inside the checkout, where the bundle finds node_modules
  const folder = mkdtempSync(path.join(DIST, 'bench-'))
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }))
  const { metafile } = await bundleEntries({ [name]: `bench/${name}.ts` }, folder)
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NODE_ENV: 'production' }
  if ('lib/store/pool.ts' in metafile.inputs) {
    const database = await startThrowawayDatabase({ durable: true })
    cleanup.add(database.stop)
    env.DATABASE_URL = database.templateUrl
    env.APP_DATABASE_URL = database.appUrl(database.templateUrl)
    env.TEST_TEMPLATE_DATABASE_URL = database.templateUrl
  }
  return runBundle(path.join(folder, `${name}.mjs`), args, env, cleanup)
})
