import path from 'node:path'
import { command } from './lib/command.mjs'
import { DEMO } from './lib/instance.mjs'
import { say } from './lib/log.mjs'
import { serve } from './lib/serve.mjs'
import { runBundle } from './lib/supervise.mjs'

await command((cleanup) =>
  serve(DEMO, {
    name: 'npm run demo',
    env: { CORDON_DEMO: '1' },
    cleanup,
    // the page opens at once and fills while one looks at it
    onceOpen: async (bundles, env) => {
      const code = await runBundle(path.join(bundles, 'seed-demo.mjs'), [], env, cleanup)
      if (code !== 0) say(`✖ The demo's data is incomplete (exit code ${code}): start again to complete it.`)
    },
  }),
)
