import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type ExportName, exportCsv } from '@/lib/store/exports/registry'
import { toSearchParams } from '@/lib/store/screens/table-request'

/** What was written; `rows` without the header, `bytes` and SHA-256 as they stand in the file. */
export type WrittenCsv = { rows: number; bytes: number; sha256: string }

/** Writes an export of all hosts into an empty file, in constant memory. @throws ExpectedError 'busy'; an AbortError when stopped */
export async function writeCsv(
  file: FileHandle,
  { name, filters, gzip }: { name: ExportName; filters: string; gzip: boolean },
  stop: AbortSignal,
): Promise<WrittenCsv> {
  const exporter = { scope: { kind: 'all' }, judge: null } as const
  const csv = await exportCsv(name, exporter, toSearchParams(new URLSearchParams(filters)))
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    csv,
    gzip ? createGzip() : new PassThrough(),
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        hash.update(piece)
        bytes += piece.length
        // all of it, where the last piece ended
        await file.writeFile(piece)
      }
    },
    { signal: stop },
  )
  return { rows: Math.max(0, csv.records - 1), bytes, sha256: hash.digest('hex') }
}
