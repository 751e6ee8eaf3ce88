import { createReadStream, type Dirent } from 'node:fs'
import { access, constants, open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { ExpectedError } from '@/lib/errors'
import type { ByteSource } from '@/lib/operations/ingest/byte-source'

/** A file to import; `problem` says why it cannot be opened. */
export type FoundFile = { path: string; sizeBytes: number; changedMs: number; problem: string | null }

/**
 * Every file under the paths, folders read to the bottom, in a stable order.
 * @throws ExpectedError 'not-found' for a path that is not there, and when there is no file at all
 */
export async function listFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const files: FoundFile[] = []
  for (const given of paths) for (const file of await filesUnder(given)) files.push(await inspect(file))
  if (files.length === 0) throw new ExpectedError('not-found', `There is no file in ${paths.join(', ')}.`)
  return files
}

async function filesUnder(given: string): Promise<string[]> {
  const info = await stat(given).catch((cause: unknown) => {
    throw new ExpectedError('not-found', `There is no file or folder ${given}.`, { cause })
  })
  if (!info.isDirectory()) return [given]
  const entries = await readdir(given, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new ExpectedError('forbidden', `${given} cannot be listed: ${words(cause)}.`, { cause })
  })
  const files: string[] = []
  for (const entry of entries) if (await isFileEntry(entry)) files.push(pathOf(entry))
  return files.sort()
}

/** Links to files are read like files; links to folders are not followed, for they may lead in a circle. */
async function isFileEntry(entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile()
  const target = await stat(pathOf(entry)).catch(() => null)
  // a link that leads nowhere is a file that cannot be opened
  return target === null || target.isFile()
}

function pathOf(entry: Dirent): string {
  return path.join(entry.parentPath, entry.name)
}

async function inspect(file: string): Promise<FoundFile> {
  try {
    const info = await stat(file)
    if (!info.isFile())
      return { path: file, sizeBytes: 0, changedMs: 0, problem: 'neither a file nor a folder' }
    await access(file, constants.R_OK)
    return { path: file, sizeBytes: info.size, changedMs: info.mtimeMs, problem: null }
  } catch (error) {
    return { path: file, sizeBytes: 0, changedMs: 0, problem: `cannot be opened: ${words(error)}` }
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is gone',
  EIO: 'the disk cannot read it',
}

function words(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return WORDS[code ?? ''] ?? message ?? String(error)
}

/** A file on disk, shown by the path that the person gave. What the disk refuses is the file's damage, not a fault of ours. */
export function fileSource({ path: file, sizeBytes }: FoundFile): ByteSource {
  return {
    path: file,
    sizeBytes,
    async *stream() {
      try {
        yield* createReadStream(file, { highWaterMark: 256 * 1024 })
      } catch (error) {
        throw new Error(words(error), { cause: error })
      }
    },
    async read(offset, length) {
      const handle = await open(file)
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
        return buffer.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
  }
}
