import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type DetectedFormat, detectFormat } from '@/lib/pipeline/parse/detect-format'
import { EXPANSION_FREE_BYTES, guardExpansion, MAX_EXPANSION } from '@/lib/pipeline/parse/guard-expansion'
import { type ByteSource, memorySource, peek } from './byte-source'
import { extractTar } from './extract-tar'
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
 * Each member is read before the next is asked for. `isStopped` is asked while members are looked for, and ends the search.
 */
export async function* openMembers(
  source: ByteSource,
  isStopped: () => Promise<boolean> = async () => false,
): AsyncGenerator<Member> {
  const paths = new Map<string, number>()
  const search = { isOn: true, isStopped }
  const opening = { depth: 0, count: guardTotal(source, search) }
  const all = openStream(source.path, stopping(source.stream(), search), opening, source)
  try {
    for await (const { path, format, bytes } of all) {
      if (paths.size >= MAX_MEMBERS)
        throw new RangeError(`more than ${MAX_MEMBERS} files: unpack it and import its parts`)
      const times = (paths.get(path) ?? 0) + 1
      paths.set(path, times)
      search.isOn = false
      yield { path: times === 1 ? path : `${path} (${times})`, format, bytes }
      search.isOn = true
    }
  } catch (error) {
    if (error !== STOPPED) throw error
  }
}

/** On between members: what reads a member asks by itself. */
type Search = { isOn: boolean; isStopped: () => Promise<boolean> }
const STOPPED = new Error('stopped')

/** An archive that yields no member for long can be stopped all the same. */
async function* stopping(bytes: AsyncIterable<Uint8Array>, search: Search): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    if (search.isOn && (await search.isStopped())) throw STOPPED
    yield piece
  }
}

type Count = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
/** How deep in archives, and what counts every byte that is unpacked. */
type Opening = { depth: number; count: Count }

/**
 * Archives in archives, and members that share their packed bytes, multiply what each alone may unpack to. Archives' own bytes count too: what is
 * skipped in them has to be unpacked all the same.
 */
function guardTotal({ sizeBytes }: ByteSource, search: Search): Count {
  let total = 0
  return async function* count(bytes) {
    for await (const piece of stopping(bytes, search)) {
      total += piece.length
      if (total > EXPANSION_FREE_BYTES && total > sizeBytes * MAX_EXPANSION)
        throw new RangeError(
          `unpacks to more than ${MAX_EXPANSION} times its size: refused as a decompression bomb`,
        )
      yield piece
    }
  }
}

/** What is unpacked, one archive deeper. */
function within(
  { depth, count }: Opening,
  path: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Member> {
  return openStream(path, count(bytes), { depth: depth + 1, count }, null)
}

async function* openStream(
  path: string,
  stream: AsyncIterable<Uint8Array>,
  opening: Opening,
  source: ByteSource | null,
): AsyncGenerator<Member> {
  const { head, bytes } = await peek(stream, HEAD_BYTES)
  const format = detectFormat(head)
  if (opening.depth > MAX_DEPTH || !isArchive(format)) {
    yield { path, format, bytes }
    return
  }
  if (format.kind === 'gzip') yield* within(opening, path.replace(/\.gz$/i, ''), gunzip(bytes))
  else if (format.kind === 'tar') yield* openTar(path, bytes, opening)
  else yield* openZip(path, source ?? (await hold(path, bytes)), opening)
}

function isArchive(format: DetectedFormat): boolean {
  return format.kind === 'gzip' || format.kind === 'tar' || format.kind === 'zip'
}

async function* openZip(path: string, source: ByteSource, opening: Opening): AsyncGenerator<Member> {
  for await (const member of openZipMembers(source))
    yield* within(opening, `${path}/${memberName(member.name)}`, member.bytes)
}

async function* openTar(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  opening: Opening,
): AsyncGenerator<Member> {
  const archive = extractTar()
  Readable.from(bytes)
    .on('error', (error) => archive.destroy(error))
    .pipe(archive)
  for await (const entry of archive) {
    if (entry.header.type === 'file' && !isResourceFork(entry.header.name))
      yield* within(
        opening,
        `${path}/${memberName(entry.header.name)}`,
        entry as unknown as AsyncIterable<Uint8Array>,
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
