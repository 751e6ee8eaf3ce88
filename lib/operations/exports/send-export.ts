import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import { sendWebhook, webhookSecret } from '@/lib/operations/notifications/send-webhook'
import { fileNamePart } from '@/lib/pipeline/export/text/inert-text'
import type { ExportRun, SentFile } from '@/lib/store/export-schedules'
import { isExportName } from '@/lib/store/exports/registry'
import { writeCsv } from './write-csv'

/** Whoever may read what others put into the folder reads these too; nobody else. */
const FILE_MODE = 0o640

/** Makes the CSV of a run and brings it where it goes. Sent twice, it is the same file in the folder, and the same delivery to a webhook. @throws ExpectedError */
export async function sendExport(run: ExportRun, stop: AbortSignal): Promise<SentFile> {
  if (!isExportName(run.export))
    throw new ExpectedError('not-found', `There is no export ${run.export} any more.`)
  const { export: name, filters, gzip, target } = run
  const fileName = fileNameOf(run)
  const write = async (file: FileHandle) => ({
    file: fileName,
    ...(await writeCsv(file, { name, filters, gzip }, stop)),
  })
  return 'folder' in target
    ? await toFolder(target.folder, fileName, write)
    : await toWebhook(run, target, write, stop)
}

/**
 * Of the run, not of when it was made, and of no other schedule: names that differ in what file names leave out would overwrite each other's.
 * 'cordon-executions-for-the-lake-3-20261126T060000Z.csv.gz'
 */
function fileNameOf({ scheduleId, export: name, name: called, dueAt, gzip }: ExportRun): string {
  const at = new Date(Math.floor(dueAt / 1000)).toISOString().replace(/[-:]|\.\d+/g, '')
  return `cordon-${name}-${fileNamePart(called)}-${scheduleId}-${at}.csv${gzip ? '.gz' : ''}`
}

type Write = (file: FileHandle) => Promise<SentFile>

/** Under another name until it is whole, so that nobody reads half of it. */
async function toFolder(folder: string, fileName: string, write: Write): Promise<SentFile> {
  if (!env('CORDON_EXPORT_FOLDERS').includes(folder))
    throw new ExpectedError(
      'forbidden',
      `CORDON_EXPORT_FOLDERS does not allow the folder ${folder} any more.`,
    )
  const part = path.join(folder, `.${fileName}.part`)
  try {
    // what a worker that died left; made anew, so that no link and no file that somebody else put there is written into
    await rm(part, { force: true })
    const file = await open(part, 'wx', FILE_MODE)
    try {
      const sent = await write(file)
      await file.sync()
      await rename(part, path.join(folder, fileName))
      return sent
    } finally {
      await file.close()
    }
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw isFileError(error)
      ? new ExpectedError('unavailable', `The folder cannot be written to: ${error.code}.`, { cause: error })
      : error
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

/** From a file that has no name: what is posted is signed first, and nothing is left behind however this ends. */
async function toWebhook(
  { id, scheduleId, export: name, gzip }: ExportRun,
  { url, salt }: { url: string; salt: string },
  write: Write,
  stop: AbortSignal,
): Promise<SentFile> {
  const place = path.join(os.tmpdir(), `cordon-export-${randomUUID()}`)
  const file = await open(place, 'wx+', 0o600)
  try {
    await rm(place)
    const sent = await write(file)
    const body = {
      type: gzip ? 'application/gzip' : 'text/csv; charset=utf-8',
      bytes: sent.bytes,
      read: () => readFrom(file),
      fileName: sent.file,
    }
    await sendWebhook(
      {
        url,
        secret: exportSecret(scheduleId, salt),
        deliveryId: `export-${id}`,
        event: `export-${name}`,
        body,
      },
      stop,
    )
    return sent
  } finally {
    await file.close()
  }
}

const PIECE_BYTES = 65_536

/** A file from its start; a stream of it would close it. */
async function* readFrom(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** The secret that the receiver of a schedule checks signatures with. */
export function exportSecret(scheduleId: number, salt: string): string {
  return webhookSecret(`export ${scheduleId}`, salt)
}
