import os from 'node:os'
import { type ImportContext, importSource, rejectFile } from '@/lib/operations/ingest/import-source'
import { loadRecogniser } from '@/lib/operations/ingest/load-recogniser'
import { type ReaderThreads, withReaderThreads } from '@/lib/operations/ingest/reader-threads'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import {
  claimUpload,
  createUpload,
  findUnfinishedCommand,
  type ImportFileSummary,
  moveUpload,
  summariseFiles,
} from '@/lib/store/imports'
import type { Pool } from '@/lib/store/pool'
import { commandFingerprint } from './command-fingerprint'
import { type FoundFile, fileSource, listFiles } from './file-source'
import type { ImportOptions } from './import-arguments'
import { ImportControl } from './import-control'
import { ImportProgress } from './import-progress'

export type ImportSummary = {
  /** done; or what stopped it: interrupted (the same command goes on), cancelled (on the Imports page) */
  state: 'done' | 'interrupted' | 'cancelled'
  files: ImportFileSummary[]
  totals: {
    files: number
    filesRejected: number
    records: number
    processes: number
    executions: number
    executionsDuplicate: number
    rejected: number
    damaged: number
    seconds: number
  }
}

/**
 * Imports files and folders as one upload, scores what follows, and says what became of each file. The same command after an
 * interruption goes on with what is unfinished; changed files make another command of it.
 * @throws ExpectedError 'not-found' for a path that is not there or holds no file
 */
export async function importPaths(
  pool: Pool,
  options: ImportOptions,
  interrupt: AbortSignal,
): Promise<ImportSummary> {
  const started = performance.now()
  const files = await listFiles(options.paths)
  await ensureCatalogue(pool)
  const { uploadId, release } = await takeUpload(pool, options, files)
  let state: ImportSummary['state']
  try {
    state = await withReaderThreads(pool, (threads) =>
      readFiles({ pool, uploadId, threads }, options, files, interrupt),
    )
  } finally {
    await release()
  }
  if (state === 'done') await score(pool, interrupt)
  const summaries = await summariseFiles(pool, { kind: 'all' }, uploadId)
  return { state, files: summaries, totals: totalsOf(summaries, (performance.now() - started) / 1000) }
}

type TakenUpload = { uploadId: string; release: () => Promise<void> }

/** The unfinished upload of the same command, unless another process is at it; else a new one. */
async function takeUpload(
  pool: Pool,
  { paths, host, dateOrder, format }: ImportOptions,
  files: readonly FoundFile[],
): Promise<TakenUpload> {
  const fingerprint = commandFingerprint({ host, dateOrder, format }, files)
  const unfinished = await findUnfinishedCommand(pool, fingerprint)
  const claimed = unfinished === null ? null : await claimUpload(pool, unfinished)
  if (unfinished !== null && claimed !== null) {
    if (await moveUpload(pool, unfinished, ['running', 'paused', 'interrupted'], 'running')) {
      process.stderr.write('Going on with this import where it stopped.\n')
      return { uploadId: unfinished, release: claimed }
    }
    // cancelled or taken back meanwhile
    await claimed()
  }
  const sizeBytes = files.reduce((total, file) => total + file.sizeBytes, 0)
  const uploadId = await createUpload(pool, {
    channel: 'command-line',
    name: paths.join(' '),
    sizeBytes,
    state: 'queued',
    hostOverride: host,
    dateOrder,
    actorName: `${os.userInfo().username} on ${os.hostname()}`,
    fingerprint,
  })
  // nobody else knows it yet; running only once it is claimed, or the worker would take it for abandoned
  const release = (await claimUpload(pool, uploadId)) ?? (async () => undefined)
  await moveUpload(pool, uploadId, ['queued'], 'running')
  return { uploadId, release }
}

async function readFiles(
  { pool, uploadId, threads }: { pool: Pool; uploadId: string; threads: ReaderThreads },
  options: ImportOptions,
  files: readonly FoundFile[],
  interrupt: AbortSignal,
): Promise<ImportSummary['state']> {
  const progress = new ImportProgress(files.reduce((total, { sizeBytes }) => total + sizeBytes, 0))
  const control = new ImportControl(pool, uploadId, interrupt, () =>
    progress.say('Paused on the Imports page. Waiting …'),
  )
  const context = {
    pool,
    uploadId,
    threads,
    recogniser: await loadRecogniser(pool),
    defaultHost: options.host,
    dateOrder: options.dateOrder,
    format: options.format && { kind: options.format },
    isCancelled: () => control.stopped,
  }
  let before = 0
  for (const file of files) {
    if (control.stopped) break
    await readFile(context, file, before, progress, control)
    before += file.sizeBytes
    progress.nextFile()
  }
  progress.stop()
  return finish(pool, uploadId, control)
}

async function readFile(
  context: ImportContext,
  file: FoundFile,
  before: number,
  progress: ImportProgress,
  control: ImportControl,
): Promise<void> {
  let bytes = before
  const look = () => control.checkIn(bytes)
  if (file.problem !== null) await rejectFile(context, file.path, 'unknown', file.problem)
  else
    await importSource(
      {
        ...context,
        onProgress: (now) => {
          bytes = before + now.bytes
          progress.update(bytes, now.records, now.path)
        },
        afterBatch: look,
        whileLooking: look,
      },
      fileSource(file),
    )
  await control.checkIn(control.stopped ? bytes : before + file.sizeBytes)
}

async function finish(pool: Pool, uploadId: string, control: ImportControl): Promise<ImportSummary['state']> {
  if (control.cancelled) return 'cancelled'
  const state = control.interrupted ? 'interrupted' : 'done'
  // cancelled at the last moment
  if (!(await moveUpload(pool, uploadId, ['running', 'paused'], state))) return 'cancelled'
  return state
}

async function score(pool: Pool, interrupt: AbortSignal): Promise<void> {
  let last = ''
  await finishWork(
    pool,
    ({ from }) => {
      if (from && from !== last) process.stderr.write(`\rscoring ${from} `)
      last = from ?? last
    },
    () => interrupt.aborted,
  )
  process.stderr.write('\n')
}

function totalsOf(files: readonly ImportFileSummary[], seconds: number): ImportSummary['totals'] {
  const sum = (read: (file: ImportFileSummary) => number) =>
    files.reduce((total, file) => total + read(file), 0)
  return {
    files: files.length,
    filesRejected: files.filter(({ state }) => state === 'rejected').length,
    records: sum(({ records }) => records),
    processes: sum(({ processes }) => processes),
    executions: sum(({ executions }) => executions),
    executionsDuplicate: sum(({ executionsDuplicate }) => executionsDuplicate),
    rejected: sum(({ rejected }) => rejected),
    damaged: sum(({ damaged }) => damaged),
    seconds: Math.round(seconds * 10) / 10,
  }
}
