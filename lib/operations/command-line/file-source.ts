import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { ExpectedError } from '@/lib/errors'
import type { ByteSource } from '@/lib/operations/ingest/byte-source'

/** Every file under the paths, folders read to the bottom, in a stable order. */
export async function listFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for (const given of paths) files.push(...(await filesUnder(given)))
  return files
}

async function filesUnder(given: string): Promise<string[]> {
  const info = await stat(given).catch((cause: unknown) => {
    throw new ExpectedError('not-found', `There is no file or folder ${given}.`, { cause })
  })
  if (!info.isDirectory()) return [given]
  const entries = await readdir(given, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

/** A file on disk, shown by the path that the person gave. */
export async function fileSource(file: string): Promise<ByteSource> {
  const { size } = await stat(file)
  return {
    path: file,
    sizeBytes: size,
    stream: () => createReadStream(file, { highWaterMark: 256 * 1024 }),
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
