import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RawRecord } from '@/lib/pipeline/event/raw-record'
import { parseEvtx } from './parse-evtx'

const DATA = path.resolve('..', 'shared', 'data')
const MANIFEST = path.join(DATA, 'manifest.json')
const isPresent = existsSync(MANIFEST)

type Entry = {
  file: string
  format: string
  events: number
  unparsed_records: number
  process_creations: number
}

function evtxEntries(): Entry[] {
  if (!isPresent) return []
  const { entries }: { entries: Entry[] } = JSON.parse(readFileSync(MANIFEST, 'utf8'))
  return entries.filter(({ format }) => format === 'evtx')
}

/** Rejections that a file deserves, by file name; all others must have none. */
const DAMAGED: { [name: string]: { rejections: number; why: string } } = {
  'Microsoft-Windows-HelloForBusiness_4Operational.evtx': {
    rejections: 1,
    why: 'zeros from the sixth record on, though its chunk announces twenty',
  },
  'sample_with_a_bad_chunk_magic.evtx': {
    rejections: 87,
    why: 'whole pages are zero: the rest of chunk 1; the heads of chunks 7 and 11, with the templates of most of their records',
  },
  'sysmon.evtx': {
    rejections: 1,
    why: 'eight blocks after the last chunk were reserved and hold foreign memory',
  },
}

async function count(file: string) {
  const found = { records: 0, processCreations: 0, reasons: [] as string[] }
  for await (const item of parseEvtx(createReadStream(path.join(DATA, file)))) {
    if (item.kind === 'rejection') found.reasons.push(item.rejection.reason)
    else {
      found.records += 1
      found.processCreations += isProcessCreation(item.record) ? 1 : 0
    }
  }
  return found
}

function isProcessCreation({ fields: { System } }: RawRecord): boolean {
  if (System === null || typeof System !== 'object' || Array.isArray(System)) return false
  const { Provider, EventID } = System
  const isSysmon = Provider === 'Microsoft-Windows-Sysmon' && EventID === '1'
  return isSysmon || (Provider === 'Microsoft-Windows-Security-Auditing' && EventID === '4688')
}

/** Records, and a digest of everything read of each: as it was when three other readers agreed (`npm run bench -- evtx`). */
async function digest(file: string) {
  const hash = createHash('sha256')
  let records = 0
  for await (const item of parseEvtx(createReadStream(path.join(DATA, file)))) {
    hash.update(JSON.stringify(item))
    records += item.kind === 'record' ? 1 : 0
  }
  return { records, digest: hash.digest('hex').slice(0, 16) }
}

if (!isPresent) console.info('real-logs.test.ts: the collection of real logs is not here, skipped')

describe.skipIf(!isPresent)('real event logs', () => {
  test.each(evtxEntries().map((entry) => [path.basename(entry.file), entry] as const))(
    'every record of %s that another reader found is read',
    async (name, entry) => {
      const { records, processCreations, reasons } = await count(entry.file)
      // The manifest was made with an older library, which could not read some records and stopped at others.
      expect(records).toBeGreaterThanOrEqual(entry.events + entry.unparsed_records)
      expect(processCreations).toBe(entry.process_creations)
      expect(reasons).toHaveLength(DAMAGED[name]?.rejections ?? 0)
    },
  )

  test('every record and value is read as when other readers agreed with it', async () => {
    const digests: Record<string, Awaited<ReturnType<typeof digest>>> = {}
    for (const { file } of evtxEntries()) digests[file] = await digest(file)
    await expect(`${JSON.stringify(digests, null, 2)}\n`).toMatchFileSnapshot(
      '../../../../fixtures/evtx/real-logs.expected.json',
    )
  })
})
