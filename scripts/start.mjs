import path from 'node:path'
import { command } from './lib/command.mjs'
import { MAIN } from './lib/instance.mjs'
import { serve } from './lib/serve.mjs'
import { runBundle } from './lib/supervise.mjs'

await command((cleanup) =>
  serve(MAIN, {
    name: 'npm start',
    cleanup,
    // prints the set-up link while there is no account
    onceOpen: (bundles, env) => runBundle(path.join(bundles, 'first-run.mjs'), [], env, cleanup),
  }),
)
