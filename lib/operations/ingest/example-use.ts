import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, openImportFile } from '@/lib/store/imports'
import { writeBatch } from '@/lib/store/ingest/write-batch'
import type { Pool } from '@/lib/store/pool'
import { loadRecogniser } from './load-recogniser'

/** A process as tests describe it; what is left out is made up. */
export type ExampleUse = {
  host: string
  /** ISO 8601 */
  at: string
  image: string
  commandLine: string | null
} & Partial<
  Pick<
    ProcessCreation,
    'parentImage' | 'originalFileName' | 'user' | 'userSid' | 'sensor' | 'pid' | 'hashes' | 'recordId'
  >
>

/** A complete event of an example. */
export function toCreation(use: ExampleUse): ProcessCreation {
  const us = Date.parse(use.at) * 1000
  return {
    kind: 'process-creation',
    recordKey: `${use.sensor} ${use.host} ${us} ${use.image} ${use.commandLine}`,
    sensor: 'sysmon',
    time: { us, tick: 0 },
    timeSource: 'utc-time',
    recordId: null,
    position: 1,
    pid: (us / 1000) % 60_000,
    parentPid: 4,
    processGuid: null,
    parentProcessGuid: null,
    currentDirectory: null,
    originalFileName: null,
    parentImage: 'C:\\Windows\\explorer.exe',
    parentCommandLine: null,
    grandparentImage: null,
    user: 'CORP\\ada',
    userSid: null,
    integrityLevel: 'medium',
    logonId: null,
    hashes: null,
    signer: null,
    ...use,
  }
}

/** Brings examples into a database by the path that every import takes; re-computation is left to the caller. */
export async function ingestExamples(pool: Pool, uses: readonly ExampleUse[]): Promise<void> {
  await ensureCatalogue(pool)
  const upload = await createUpload(pool, EXAMPLE_UPLOAD)
  const file = await openImportFile(pool, upload, 'examples.json', 'json')
  const recognise = await loadRecogniser(pool)
  const events = uses.map(toCreation)
  await writeBatch(
    pool,
    events.map((event, index) => ({
      event,
      hostName: uses[index]?.host ?? '',
      ...recognise(event),
      original: '{}',
    })),
    {
      importFileId: file.id,
      checkpoint: events.length,
      records: events.length,
      eventsByKind: {},
      rejections: [],
      firstAtUs: null,
      lastAtUs: null,
    },
  )
}
