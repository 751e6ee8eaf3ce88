import { detectEncoding } from '@/lib/pipeline/parse/text-encoding'
import type { ImportFileRef } from '@/lib/store/imports'
import type { Part } from './cut-parts'
import { damageReason, isFault } from './damage'
import { readAhead } from './read-ahead'
import type { ReaderThreads, Reading } from './reader-threads'

/** A file that may be read in parts. */
export type PartsTask = {
  file: ImportFileRef
  defaultHost: string | null
  /** Microseconds; what is older is not taken in. */
  keptFromUs: number
  /** Bytes of the source that were read so far. */
  bytesNow: () => number
  isCancelled: () => boolean
  onRecords: (records: number, bytes: number) => void
  /** Runs after each part is stored. */
  afterBatch: () => Promise<void>
}

/**
 * How far reading in parts came: to the end; to where it was stopped; or to where one reader has to go on, since what follows cannot be told apart by
 * its lines. `before`: records that came before.
 */
export type PartsRead =
  | { kind: 'done'; problem: string | null }
  | { kind: 'stopped' }
  | { kind: 'rest'; bytes: AsyncIterable<Uint8Array>; before: number }

/**
 * Reads a file of JSON in parts, several at once, and stores them one after the other: positions, checkpoints and what is known of hosts are as if one had
 * read it from start to end. A file of one part is left to one reader. Whoever gave the parts closes them.
 */
export async function importParts(
  task: PartsTask,
  parts: AsyncIterator<Part>,
  threads: ReaderThreads,
): Promise<PartsRead> {
  const first = await parts.next()
  if (first.done) return { kind: 'done', problem: null }
  const all = joined<Part>(first.value, parts)
  if (first.value.isLast || detectEncoding(first.value.bytes) !== 'utf-8')
    return { kind: 'rest', bytes: bytesOf(all, (part) => part), before: 0 }
  return await new PartsImport(task, threads).run(all)
}

type Begun = { part: Part; readTo: number; reading: Reading | null; skip: number }

class PartsImport {
  /** Records of the parts that are stored, and by their lines of those that are begun. */
  private before = 0
  private expected = 0
  private isOver = false

  constructor(
    private readonly task: PartsTask,
    private readonly threads: ReaderThreads,
  ) {}

  async run(parts: AsyncIterator<Part>): Promise<PartsRead> {
    const begun = readAhead(parts, this.threads.mostParts(), (part) => this.begin(part))
    for (let next = await begun.next(); !next.done; next = await begun.next()) {
      const outcome = await this.store(next.value)
      if (outcome === 'goes on') continue
      this.isOver = true
      if (outcome !== 'one reader') return outcome
      const rest = joined(next.value, begun)
      return { kind: 'rest', bytes: bytesOf(rest, ({ part }) => part), before: this.before }
    }
    return { kind: 'done', problem: null }
  }

  /** What was stored before an interruption is read for its count alone, where as many lines as records came before. */
  private begin(part: Part): Begun {
    const skip = Math.max(0, Math.min(this.task.file.checkpoint - this.expected, part.lines))
    this.expected += part.lines
    return { part, readTo: this.task.bytesNow(), skip, reading: this.isOver ? null : this.read(part, skip) }
  }

  private read({ bytes, isFirst, isLast, damage }: Part, skip: number): Reading {
    if (damage !== null && isFault(damage)) throw damage
    const { file, defaultHost, keptFromUs } = this.task
    return this.threads.read({
      bytes,
      place: { isFirst, isLast: isLast && damage === null },
      damage: damage === null ? null : damageReason(damage),
      importFileId: file.id,
      defaultHost,
      keptFromUs,
      skip,
    })
  }

  private async store({ part, readTo, reading }: Begun): Promise<PartsRead | 'goes on' | 'one reader'> {
    if (reading === null) return 'one reader'
    const { task } = this
    const { records, endsBetweenRecords, problem } = await reading.read
    if (!endsBetweenRecords && !part.isLast && problem === null) return 'one reader'
    if (task.isCancelled()) return { kind: 'stopped' }
    const skip = Math.max(0, Math.min(task.file.checkpoint - this.before, records))
    task.onRecords(this.before + records, readTo)
    await reading.write(this.before, skip)
    this.before += records
    await task.afterBatch()
    return part.isLast || problem !== null ? { kind: 'done', problem } : 'goes on'
  }
}

async function* joined<T>(first: T, others: AsyncIterator<T>): AsyncGenerator<T> {
  yield first
  for (let next = await others.next(); !next.done; next = await others.next()) yield next.value
}

async function* bytesOf<T>(all: AsyncIterable<T>, partOf: (one: T) => Part): AsyncGenerator<Uint8Array> {
  for await (const one of all) {
    const { bytes, damage } = partOf(one)
    yield bytes
    if (damage !== null) throw damage
  }
}
