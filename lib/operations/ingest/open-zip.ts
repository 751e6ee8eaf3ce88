import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl'
import { guardExpansion } from '@/lib/pipeline/parse/guard-expansion'
import type { ByteSource } from './byte-source'
import { isResourceFork } from './resource-fork'

export type ZipMember = { name: string; bytes: AsyncIterable<Uint8Array> }

/** Files of a zip, in the order of its directory. */
export async function* openZipMembers(source: ByteSource): AsyncGenerator<ZipMember> {
  const zip = await openZip(source)
  try {
    for (let entry = await nextEntry(zip); entry; entry = await nextEntry(zip)) {
      if (entry.fileName.endsWith('/') || isResourceFork(entry.fileName)) continue
      const compressed = entry.compressedSize
      yield { name: entry.fileName, bytes: guardExpansion(await openEntry(zip, entry), () => compressed) }
    }
  } finally {
    zip.close()
  }
}

function openZip(source: ByteSource): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: false, decodeStrings: true }
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(new SourceReader(source), source.sizeBytes, options, (error, zip) =>
      error ? reject(error) : resolve(zip),
    )
  })
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const done = () => {
      zip.off('entry', onEntry).off('end', onEnd).off('error', onError)
    }
    const onEntry = (entry: Entry) => {
      done()
      resolve(entry)
    }
    const onEnd = () => {
      done()
      resolve(null)
    }
    const onError = (error: Error) => {
      done()
      reject(error)
    }
    zip.on('entry', onEntry).on('end', onEnd).on('error', onError)
    zip.readEntry()
  })
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
  })
}

const PIECE_BYTES = 256 * 1024

class SourceReader extends RandomAccessReader {
  constructor(private readonly source: ByteSource) {
    super()
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { source } = this
    return Readable.from(
      (async function* () {
        for (let at = start; at < end; at += PIECE_BYTES)
          yield await source.read(at, Math.min(PIECE_BYTES, end - at))
      })(),
    )
  }
}
