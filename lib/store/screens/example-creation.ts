import type { FollowingEvent, ProcessCreation } from '@/lib/pipeline/event/event'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import { storeFile } from './example-file'

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
  const acts = following.map((event) => ({ event, hostName: event.host ?? '', byName: true }))
  return await storeFile({ creations, following: acts })
}
