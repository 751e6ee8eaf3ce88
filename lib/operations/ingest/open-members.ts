import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { type DetectedFormat, detectFormat } from '@/lib/pipeline/parse/detect-format'
import { EXPANSION_FREE_BYTES, guardExpansion, MAX_EXPANSION } from '@/lib/pipeline/parse/guard-expansion'
import { type ByteSource, memorySource, peek } from './byte-source'
import { openZipMembers } from './open-zip'
import { isResourceFork } from './resource-fork'

/** A file to read, or an archive member; `format` is what its content says it is. */
export type Member = { path: string; format: DetectedFormat; bytes: AsyncIterable<Uint8Array> }

/** Enough to tell formats apart, a tar header's magic at 257 included. */
const HEAD_BYTES = 4096
const MAX_DEPTH = 3
/** Each becomes a row of the import. */
const MAX_MEMBERS = 50_000
/** A zip needs random access; inside another archive it is held in memory up to this size. */
const MAX_NESTED_ZIP_BYTES = 64 * 1024 * 1024

/**
 * The files inside a source, archives opened (gzip, zip, tar, three deep). Nothing is written to disk, so a member's path is only a name.
 * Each member is read before the next is asked for.
 */
export async function* openMembers(source: ByteSource): AsyncGenerator<Member> {
  const paths = new Map<string, number>()
  const unpacked = guardTotal(source)
  for await (const { path, format, bytes } of openStream(source.path, source.stream(), 0, source)) {
    unpacked.check()
    if (paths.size >= MAX_MEMBERS)
      throw new RangeError(`more than ${MAX_MEMBERS} files: unpack it and import its parts`)
    const times = (paths.get(path) ?? 0) + 1
    paths.set(path, times)
    yield { path: times === 1 ? path : `${path} (${times})`, format, bytes: unpacked.of(bytes) }
  }
}

/** Archives in archives, and members that share their packed bytes, multiply what each alone may unpack to. */
function guardTotal({ sizeBytes }: ByteSource) {
  let total = 0
  const check = () => {
    if (total > EXPANSION_FREE_BYTES && total > sizeBytes * MAX_EXPANSION)
      throw new RangeError(
        `unpacks to more than ${MAX_EXPANSION} times its size: refused as a decompression bomb`,
      )
  }
  return {
    check,
    async *of(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of bytes) {
        total += piece.length
        check()
        yield piece
      }
    },
  }
}

async function* openStream(
  path: string,
  stream: AsyncIterable<Uint8Array>,
  depth: number,
  source: ByteSource | null,
): AsyncGenerator<Member> {
  const { head, bytes } = await peek(stream, HEAD_BYTES)
  const format = detectFormat(head)
  if (depth > MAX_DEPTH || !isArchive(format)) {
    yield { path, format, bytes }
    return
  }
  if (format.kind === 'gzip') yield* openStream(path.replace(/\.gz$/i, ''), gunzip(bytes), depth + 1, null)
  else if (format.kind === 'tar') yield* openTar(path, bytes, depth)
  else yield* openZip(path, source ?? (await hold(path, bytes)), depth)
}

function isArchive(format: DetectedFormat): boolean {
  return format.kind === 'gzip' || format.kind === 'tar' || format.kind === 'zip'
}

async function* openZip(path: string, source: ByteSource, depth: number): AsyncGenerator<Member> {
  for await (const member of openZipMembers(source))
    yield* openStream(`${path}/${memberName(member.name)}`, member.bytes, depth + 1, null)
}

async function* openTar(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  depth: number,
): AsyncGenerator<Member> {
  const archive = extract()
  Readable.from(bytes)
    .on('error', (error) => archive.destroy(error))
    .pipe(archive)
  for await (const entry of archive) {
    if (entry.header.type === 'file' && !isResourceFork(entry.header.name))
      yield* openStream(
        `${path}/${memberName(entry.header.name)}`,
        entry as unknown as AsyncIterable<Uint8Array>,
        depth + 1,
        null,
      )
    entry.resume()
  }
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip()
  Readable.from(bytes)
    .on('error', (error) => unpacked.destroy(error))
    .pipe(unpacked)
  yield* guardExpansion(unpacked, () => unpacked.bytesWritten)
}

async function hold(path: string, bytes: AsyncIterable<Uint8Array>): Promise<ByteSource> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > MAX_NESTED_ZIP_BYTES)
      throw new RangeError('a zip over 64 MB inside another archive: unpack the outer one first')
    pieces.push(piece)
  }
  return memorySource(path, Buffer.concat(pieces))
}

/** A member's name as a relative path: it is shown, never opened. */
function memberName(name: string): string {
  return name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part && part !== '..' && part !== '.')
    .join('/')
}
