import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { importPaths } from '@/lib/operations/command-line/import-paths'
import { closePool, pool } from '@/lib/store/pool'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import { print } from './measuring/print'
import { registryChange } from './measuring/registry-change'

/**
 * `npm run bench -- import-memory [GB]`: a generated winlogbeat file of that size (1 without one) through what `npm run import` runs, scoring
 * included, and the most memory that the process had. Every ninth record is a process creation, so that about 3 % are proxy executions.
 */
const [gigabytes = 1] = process.argv.slice(2).map(Number)
const LIMIT_MB = 500
const OTHERS_A_PROCESS = 8
const HOSTS = 60
const DAYS_A_ROUND = 2
const LAST_DAY = 20_400

const folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-import-memory-'))
try {
  const file = path.join(folder, 'events.ndjson')
  await generate(file, gigabytes * 1e9)
  const size = statSync(file).size
  const before = peakMb()
  const started = performance.now()
  const options = { paths: [file], json: true, strict: false, host: null, dateOrder: null, format: null }
  const { totals } = await importPaths(pool(), options, new AbortController().signal)
  const seconds = (performance.now() - started) / 1000
  print(
    `${(size / 1e9).toFixed(2)} GB, ${totals.records} records, ${totals.executions} executions of ${totals.processes} processes: ` +
      `${Math.round(seconds)} s, ${(size / 1e6 / seconds).toFixed(1)} MB/s with scoring`,
  )
  print(`peak RSS ${peakMb()} MB (${before} MB before the import); the limit is ${LIMIT_MB} MB for any size`)
  if (peakMb() > LIMIT_MB) process.exitCode = 1
} finally {
  await closePool()
  rmSync(folder, { recursive: true, force: true })
}

/** Writes days of a small fleet, one round after the other, until the file is large enough. */
async function generate(file: string, bytes: number): Promise<void> {
  const out = createWriteStream(file)
  for (let round = 0; out.bytesWritten + out.writableLength < bytes; round++)
    for (const text of linesOf(round)) {
      if (!out.write(text)) await once(out, 'drain')
      if (out.bytesWritten + out.writableLength >= bytes) break
    }
  out.end()
  await once(out, 'close')
}

function* linesOf(round: number): Generator<string> {
  const endDayUtc = LAST_DAY - round * DAYS_A_ROUND
  let number = 0
  for (const { fields, format } of simulateFleet({
    hosts: HOSTS,
    days: DAYS_A_ROUND,
    endDayUtc,
    seed: round,
    attacks: false,
  })) {
    if (format !== 'winlogbeat') continue
    yield `${JSON.stringify(fields)}\n`
    for (let other = 0; other < OTHERS_A_PROCESS; other++) yield `${registryChange(fields, number++)}\n`
  }
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}
