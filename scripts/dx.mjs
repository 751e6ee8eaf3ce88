import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureBundles, threadsIn } from './lib/build.mjs'
import { command } from './lib/command.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { DEVELOPMENT, openInstance, takeInstance } from './lib/instance.mjs'
import { openLog, say } from './lib/log.mjs'
import { ROOT } from './lib/paths.mjs'
import { assertPortFree, readPort } from './lib/ports.mjs'
import { endWithUs, nodeModule } from './lib/run.mjs'
import { runBundle, supervise } from './lib/supervise.mjs'

/** The development server, on a database of its own; the worker is as of the start. */
await command(async (cleanup) => {
  const port = readPort(process.env)
  const held = await takeInstance(DEVELOPMENT, 'npm run dx', cleanup)
  await assertPortFree(port, 'localhost')
  await ensureInstalled()
  const instance = await openInstance(DEVELOPMENT, held, cleanup)
  const bundles = await ensureBundles()
  const env = {
    ...instance.env,
    PORT: String(port),
    CORDON_BASE_URL: `http://localhost:${port}`,
    NEXT_TELEMETRY_DISABLED: '1',
    ...threadsIn(bundles),
  }
  const log = openLog(path.join(DEVELOPMENT.dir, 'logs/worker.log'))
  cleanup.add(supervise('worker', [path.join(bundles, 'worker.mjs')], { env, log }).stop)
  await runBundle(path.join(bundles, 'first-run.mjs'), [], env, cleanup)
  say(`Worker log: ${log.file}`)
  const [node = '', next = ''] = nodeModule('next/dist/bin/next')
  const server = endWithUs(
    spawn(node, [next, 'dev', '--port', String(port)], {
      cwd: ROOT,
      env: { ...env, NODE_ENV: 'development' },
      stdio: 'inherit',
    }),
  )
  return new Promise((resolve) => server.once('close', resolve))
})
