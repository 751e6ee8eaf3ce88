import path from 'node:path'
import { fileSource, listFiles } from '@/lib/operations/command-line/file-source'
import type { ByteSource } from '@/lib/operations/ingest/byte-source'
import { openMembers } from '@/lib/operations/ingest/open-members'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { parseFile } from '@/lib/pipeline/parse/parse-file'
import { Log } from './log'

/** Where a record lies: what truth is joined by. */
export type Place = {
  /** Relative to the folder read, with forward slashes; members of archives behind their archive. */
  file: string
  recordId: string | null
  position: number
  host: string | null
  atUs: number
  pid: number | null
}

export type ReadLogs = { log: Log<Place>; files: number; records: number; problems: string[] }

/** Every log below a folder, through the same readers as an import. Files that cannot be read are named, not thrown. */
export async function readLogs(folder: string): Promise<ReadLogs> {
  const read: ReadLogs = { log: new Log(), files: 0, records: 0, problems: [] }
  for (const file of await listFiles([folder])) {
    const name = path.relative(folder, file.path).replaceAll('\\', '/') || path.basename(file.path)
    try {
      if (file.problem !== null) throw new Error(file.problem)
      await readFile(read, { ...fileSource(file), path: name })
    } catch (error) {
      read.problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return read
}

async function readFile(read: ReadLogs, source: ByteSource): Promise<void> {
  for await (const member of openMembers(source)) {
    read.files++
    for await (const item of parseFile(member.format, member.bytes)) {
      if (item.kind === 'rejection') continue
      read.records++
      // a record that names no host is still an execution: its file stands for the host
      const named = toEvent(item.record, { defaultHost: member.path })
      if (named.kind !== 'event') continue
      const { event } = named
      if (event.kind === 'process-creation') read.log.add(event, placeOf(member.path, event))
      else read.log.addOther(event)
    }
  }
}

function placeOf(file: string, event: ProcessCreation): Place {
  const { recordId, position, host, pid } = event
  return { file, recordId, position, host, atUs: event.time.us, pid }
}
