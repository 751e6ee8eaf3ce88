import os from 'node:os'
import cliProgress from 'cli-progress'
import { importSource } from '@/lib/operations/ingest/import-source'
import { loadRecogniser } from '@/lib/operations/ingest/load-recogniser'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { createUpload, type ImportFileSummary, moveUpload, summariseFiles } from '@/lib/store/imports'
import type { Pool } from '@/lib/store/pool'
import { fileSource, listFiles } from './file-source'
import type { ImportOptions } from './import-arguments'
import { printable } from './printable'

export type ImportSummary = {
  files: ImportFileSummary[]
  totals: {
    files: number
    records: number
    processes: number
    executions: number
    executionsDuplicate: number
    rejected: number
    seconds: number
  }
}

/** Imports files and folders as one upload, scores what follows, and says what became of each file. */
export async function importPaths(pool: Pool, options: ImportOptions): Promise<ImportSummary> {
  const started = performance.now()
  await ensureCatalogue(pool)
  const files = await listFiles(options.paths)
  const uploadId = await createUpload(pool, {
    channel: 'command-line',
    name: options.paths.join(' '),
    sizeBytes: null,
    state: 'running',
    hostOverride: options.host,
    actorName: `${os.userInfo().username} on ${os.hostname()}`,
  })
  const recogniser = await loadRecogniser(pool)
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value}/{total} files · {records} records · {file}',
    stream: process.stderr,
    noTTYOutput: false,
  })
  bar.start(files.length, 0, { records: 0, file: '' })
  for (const [index, file] of files.entries()) {
    const source = await fileSource(file)
    await importSource(
      {
        pool,
        uploadId,
        recogniser,
        defaultHost: options.host,
        format: options.format && { kind: options.format },
        onProgress: ({ path, records }) => bar.update(index, { records, file: printable(path) }),
      },
      source,
    )
    bar.update(index + 1, { file: printable(file) })
  }
  bar.stop()
  await moveUpload(pool, uploadId, ['running'], 'done')
  await score(pool)
  const summaries = await summariseFiles(pool, { kind: 'all' }, uploadId)
  return { files: summaries, totals: totalsOf(summaries, (performance.now() - started) / 1000) }
}

async function score(pool: Pool): Promise<void> {
  let last = ''
  await finishWork(pool, ({ from }) => {
    if (from && from !== last) process.stderr.write(`\rscoring ${from} `)
    last = from ?? last
  })
  process.stderr.write('\n')
}

function totalsOf(files: readonly ImportFileSummary[], seconds: number): ImportSummary['totals'] {
  const sum = (read: (file: ImportFileSummary) => number) =>
    files.reduce((total, file) => total + read(file), 0)
  return {
    files: files.length,
    records: sum(({ records }) => records),
    processes: sum(({ processes }) => processes),
    executions: sum(({ executions }) => executions),
    executionsDuplicate: sum(({ executionsDuplicate }) => executionsDuplicate),
    rejected: sum(({ rejected }) => rejected),
    seconds: Math.round(seconds * 10) / 10,
  }
}
