import { runCommand } from '@/lib/operations/run-command'
import { seedDemo } from '@/prisma/seed/scenarios/demo'

/** Run by `npm run demo` once the page is open: 40 hosts, 30 days. */
await runCommand(async (pool) => {
  await seedDemo(pool, {
    hosts: 40,
    days: 30,
    onProgress: (message) => process.stdout.write(`  ${message}\n`),
  })
  process.stdout.write('The demo is complete.\n')
})
