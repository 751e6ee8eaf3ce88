import { runCli } from './lib/run-cli.mjs'

await runCli('verify-audit')
