import path from 'node:path'
import { ensureBundles } from './build.mjs'
import { command } from './command.mjs'
import { ensureInstalled } from './install.mjs'
import { joinInstance, MAIN } from './instance.mjs'
import { runBundle } from './supervise.mjs'

/** Runs cli/NAME.ts on the data of `npm start`, whether that is running or not. @param {string} name */
export async function runCli(name) {
  await command(async (cleanup) => {
    await ensureInstalled()
    const env = await joinInstance(MAIN, `npm run ${name}`, cleanup)
    const bundles = await ensureBundles()
    return runBundle(path.join(bundles, `${name}.mjs`), process.argv.slice(2), env, cleanup)
  })
}
