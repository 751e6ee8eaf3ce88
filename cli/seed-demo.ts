import { parseArgs } from 'node:util'
import { seedDemoDecisions } from '@/lib/operations/demo-decisions'
import { runCommand } from '@/lib/operations/run-command'
import { seedDemo } from '@/prisma/seed/scenarios/demo'

/** Run by `npm run demo` once the page is open, and with a smaller fleet before the browser tests. */
const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '40' },
    days: { type: 'string', default: '30' },
    // the browser tests decide themselves
    undecided: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
})
const say = (message: string) => {
  if (!values.quiet) process.stdout.write(`  ${message}\n`)
}
await runCommand(async (pool) => {
  await seedDemo(pool, { hosts: Number(values.hosts), days: Number(values.days), onProgress: say })
  if (!values.undecided) await seedDemoDecisions()
  say('The demo is complete.')
})
