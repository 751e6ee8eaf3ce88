import { Command } from 'commander'
import { runCommand } from '@/lib/operations/run-command'
import { auditFaults, verifyAudit } from '@/lib/operations/verify-audit'
import { systemActor } from '@/lib/pipeline/actor'

/** `npm run verify-audit -- [--head HASH] [--json]`: 0 = the audit log is whole, 1 = it is not, and why. */
const { head, json } = new Command('npm run verify-audit --')
  .description('Checks that no entry of the audit log was changed or removed.')
  .option('--head <hash>', 'the last hash of an earlier check, kept elsewhere: it has to be in the log still')
  .option('--json', 'one summary for programs')
  .parse(process.argv)
  .opts<{ head?: string; json?: true }>()

await runCommand(async () => {
  const verification = await verifyAudit(systemActor('command line'), head ?? null)
  const faults = auditFaults(verification)
  const { entries, intact } = verification
  const last = verification.intact ? verification.head : null
  if (json) process.stdout.write(`${JSON.stringify({ intact, entries, head: last, faults })}\n`)
  else
    for (const line of intact
      ? [`The audit log is whole: ${entries} entries follow from each other.`, `Last hash: ${last}`]
      : [`✖ The audit log is not whole; ${entries} entries were read.`, ...faults])
      process.stdout.write(`${line}\n`)
  process.exitCode = intact ? 0 : 1
})
