import type { ImportFileSummary } from '@/lib/store/imports'
import type { ImportSummary } from './import-paths'
import { printable } from './printable'

/** Prints what became of each file, then the totals. Text from logs and file names is made harmless for a terminal. */
export function printReport({ state, files, totals }: ImportSummary): void {
  for (const file of files) process.stdout.write(`${describeFile(file)}\n`)
  process.stdout.write(
    `\n${totals.files} files${totals.filesRejected > 0 ? ` (${totals.filesRejected} not read)` : ''} · ${totals.records} records · ${totals.processes} processes new · ` +
      `${totals.executions} executions of proxy binaries new, ${totals.executionsDuplicate} duplicate · ` +
      `${totals.rejected} rejected · ${totals.damaged > 0 ? `${totals.damaged} damaged places · ` : ''}${totals.seconds} s\n`,
  )
  if (state !== 'done') process.stdout.write(`${STOPPED[state]}\n`)
}

const STOPPED = {
  interrupted: 'Stopped before its end. What was read is kept; the same command goes on from there.',
  cancelled: 'Cancelled on the Imports page. What was read is kept.',
}

function describeFile(file: ImportFileSummary): string {
  const head = printable(`${file.path} (${file.format ?? 'unknown'})`)
  if (file.state === 'rejected') return `✖ ${head}\n    not read: ${printable(file.error ?? '')}`
  const kinds = Object.entries(file.eventsByKind).map(([kind, count]) => `${count} ${kind}`)
  const lines = [
    `✔ ${head}`,
    `    ${file.records} records: ${kinds.join(', ') || 'no events'}`,
    `    executions: ${file.executions} new, ${file.executionsDuplicate} duplicate`,
  ]
  if (file.state === 'running') lines.push('    not read to its end yet')
  const kept = Object.entries(file.eventsKept).map(([kind, count]) => `${count} ${kind}`)
  if (kept.length > 0) lines.push(`    of proxy binaries and controls: ${kept.join(', ')} new`)
  if (file.error) lines.push(`    ${printable(file.error)}`)
  if (file.rejected > 0) lines.push(`    rejected: ${file.rejected}`)
  if (file.damaged > 0) lines.push(`    damaged places: ${file.damaged}`)
  for (const { position, reason } of file.rejections)
    lines.push(`      record ${position}: ${printable(reason)}`)
  return lines.join('\n')
}
