import type { FollowingEvent, ProcessCreation } from '@/lib/pipeline/event/event'
import { createUpload, openImportFile } from '@/lib/store/imports'
import { NO_REST, writeBatch } from '@/lib/store/ingest/write-batch'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'

/** For tests of screens: rundll32 opening a control panel at 2026-01-05 09:00:00.123457. */
export const EXAMPLE_CREATION: ProcessCreation = {
  kind: 'process-creation',
  recordKey: '',
  sensor: 'sysmon',
  host: 'ws-1.corp.example',
  time: { us: Date.UTC(2026, 0, 5, 9) * 1000 + 123_457, tick: 0 },
  timeSource: 'utc-time',
  recordId: '7',
  position: 1,
  pid: 100,
  parentPid: 50,
  processGuid: null,
  parentProcessGuid: null,
  image: 'C:\\Windows\\System32\\rundll32.exe',
  commandLine: 'rundll32.exe shell32.dll,Control_RunDLL desk.cpl',
  currentDirectory: null,
  originalFileName: 'RUNDLL32.EXE',
  parentImage: 'C:\\Windows\\explorer.exe',
  parentCommandLine: null,
  grandparentImage: null,
  user: 'CORP\\ada',
  userSid: null,
  integrityLevel: 'medium',
  logonId: null,
  hashes: null,
  signer: null,
}

/** Stores creations, and what processes did, as one file of one upload; images with a catalogue entry's name become executions. Answers the upload's id. */
export async function storeCreations(
  events: readonly ProcessCreation[],
  following: readonly FollowingEvent[] = [],
): Promise<string> {
  const uploadId = await createUpload(pool(), {
    channel: 'api',
    name: 'test',
    sizeBytes: null,
    state: 'running',
    hostOverride: null,
    actorName: 'test',
  })
  const file = await openImportFile(pool(), uploadId, 'test.evtx', 'evtx')
  const entries = await rows<{ id: number; slug: string }>(
    pool(),
    sql`SELECT id, slug FROM catalogue_entry WHERE enabled`,
  )
  const idOf = new Map(entries.map(({ id, slug }) => [slug, id]))
  const creations = events.map((event) => {
    const entryId = idOf.get(event.image.toLowerCase().split('\\').at(-1) ?? '') ?? null
    const original = entryId === null ? null : JSON.stringify({ key: event.recordKey })
    return { event, hostName: event.host ?? '', entryId, hostedEntryId: null, original }
  })
  const receipt = {
    importFileId: file.id,
    checkpoint: events.length,
    records: events.length,
    eventsByKind: { 'process-creation': events.length },
    rejections: [],
    firstAtUs: null,
    lastAtUs: null,
  }
  const acts = following.map((event) => ({ event, hostName: event.host ?? '', byName: true }))
  await writeBatch(pool(), creations, receipt, { ...NO_REST, following: acts })
  return uploadId
}
