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
      const name = nameOf(entry)
      if (name.endsWith('/') || isResourceFork(name)) continue
      const compressed = entry.compressedSize
      yield { name, bytes: guardExpansion(await openEntry(zip, entry), () => compressed) }
    }
  } finally {
    zip.close()
  }
}

function openZip(source: ByteSource): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false }
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(new SourceReader(source), source.sizeBytes, options, (error, zip) =>
      error ? reject(error) : resolve(zip),
    )
  })
}

/**
 * The library would refuse a whole archive for one name that climbs or is absolute. Here a name is never a path, so each is read: as UTF-8, which
 * most writers use without saying so, else byte by byte.
 */
function nameOf(entry: Entry): string {
  const bytes = entry.fileName as string | Buffer
  if (typeof bytes === 'string') return bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
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
