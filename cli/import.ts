import { parseArgs } from '@/lib/operations/command-line/import-arguments'
import { importPaths } from '@/lib/operations/command-line/import-paths'
import { printReport } from '@/lib/operations/command-line/import-report'
import { closePool, pool } from '@/lib/store/pool'

/** `npm run import -- PATH… [--json] [--host NAME] [--format F]` */
const options = parseArgs(process.argv)
const summary = await importPaths(pool(), options)
await closePool()
if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
else printReport(summary)
process.exitCode = summary.files.some(({ state }) => state === 'done') ? 0 : 1
