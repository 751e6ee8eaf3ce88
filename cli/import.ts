import { parseArguments } from '@/lib/operations/command-line/import-arguments'
import { exitCodeOf } from '@/lib/operations/command-line/import-exit-code'
import { importPaths } from '@/lib/operations/command-line/import-paths'
import { printReport } from '@/lib/operations/command-line/import-report'
import { runCommand } from '@/lib/operations/run-command'

/** `npm run import -- PATH… [--json] [--strict] [--host NAME] [--format F]` */
const options = parseArguments(process.argv)
const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort())

await runCommand(async (pool) => {
  const summary = await importPaths(pool, options, interrupt.signal)
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
  else printReport(summary)
  process.exitCode = exitCodeOf(summary, options.strict)
})
