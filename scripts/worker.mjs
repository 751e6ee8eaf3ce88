import path from 'node:path'
import { ensureBundles } from './lib/build.mjs'
import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { joinAsWorker, MAIN } from './lib/instance.mjs'
import { say } from './lib/log.mjs'
import { runBundle } from './lib/supervise.mjs'

await command(async (cleanup) => {
  await ensureInstalled()
  const env = await joinAsWorker(MAIN)
  const bundles = await ensureBundles()
  say('One more worker begins; its log is below.   (Ctrl-C stops it)')
  return runBundle(path.join(bundles, 'worker.mjs'), [], env, cleanup)
})
