import { runCli } from './lib/run-cli.mjs'

await runCli('import', { makesData: true })
