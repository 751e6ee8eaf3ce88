import { parseArguments } from '@/lib/operations/command-line/import-arguments'
import { importPaths } from '@/lib/operations/command-line/import-paths'
import { printReport } from '@/lib/operations/command-line/import-report'
import { runCommand } from '@/lib/operations/run-command'

/** `npm run import -- PATH… [--json] [--host NAME] [--format F]` */
const options = parseArguments(process.argv)
await runCommand(async (pool) => {
  const summary = await importPaths(pool, options)
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
  else printReport(summary)
  if (!summary.files.some(({ state }) => state === 'done')) process.exitCode = 1
})
