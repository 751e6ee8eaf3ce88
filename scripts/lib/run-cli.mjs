import path from 'node:path'
import { ensureBundles } from './build.mjs'
import { command } from './command.mjs'
import { ensureInstalled } from './install.mjs'
import { joinInstance, MAIN } from './instance.mjs'
import { runBundle } from './supervise.mjs'

/**
 * Runs cli/NAME.ts on the data of `npm start`, whether that is running or not.
 * @param {string} name
 * @param {{ makesData?: boolean }} [options] as of joinInstance
 */
export async function runCli(name, options) {
  await command(async (cleanup) => {
    await ensureInstalled()
    const env = await joinInstance(MAIN, `npm run ${name}`, cleanup, options)
    const bundles = await ensureBundles()
    return runBundle(path.join(bundles, `${name}.mjs`), process.argv.slice(2), env, cleanup)
  })
}
