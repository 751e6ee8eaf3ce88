import { ensureFirstAdmin } from '@/lib/operations/first-run'
import { runCommand } from '@/lib/operations/run-command'

/** Run by `npm start` after migrating: says how the first administrator gets in, where there is none. */
await runCommand(async () => {
  const result = await ensureFirstAdmin()
  if (result.kind === 'set-up-link') process.stdout.write(`Set up the first administrator: ${result.url}\n`)
  if (result.kind === 'created') process.stdout.write(`Created the first administrator ${result.email}\n`)
})
