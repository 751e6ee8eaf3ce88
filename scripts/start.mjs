import { command } from './lib/command.mjs'
import { MAIN } from './lib/instance.mjs'
import { serve } from './lib/serve.mjs'

await command((cleanup) => serve(MAIN, { name: 'npm start', cleanup }))
