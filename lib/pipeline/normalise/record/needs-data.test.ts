import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildChunk, buildFile, dataTree } from '@/fixtures/evtx/build-evtx'
import { text } from '@/fixtures/evtx/values'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { parseEvtx } from '@/lib/pipeline/parse/evtx/parse-evtx'
import { needsData, toEvent } from './to-event'

const DATA = path.resolve('../shared/data')
const isThere = existsSync(DATA)
const logs = isThere
  ? readdirSync(DATA, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.evtx'))
  : []
if (!isThere) console.info('needs-data.test.ts: the collection of real logs is not here, skipped')

async function items(bytes: Buffer, wants?: typeof needsData): Promise<ParsedItem[]> {
  const found: ParsedItem[] = []
  const source = (async function* () {
    yield bytes
  })()
  for await (const item of parseEvtx(source, wants === undefined ? {} : { wants })) found.push(item)
  return found
}

function meanings(parsed: ParsedItem[]) {
  return parsed.map((item) => (item.kind === 'record' ? toEvent(item.record, { defaultHost: null }) : item))
}

function hasData(item: ParsedItem): boolean {
  return item.kind === 'record' && item.record.fields['EventData'] !== null
}

const KINDS = [
  { provider: 'Microsoft-Windows-Security-Auditing', eventIds: [4624, 4688, 4689, 5156, 5157] },
  { provider: 'Microsoft-Windows-Sysmon', eventIds: [1, 3, 5, 7, 11, 22, 255] },
  { provider: 'Microsoft-Windows-AppLocker', eventIds: [8003, 8001] },
  { provider: 'Service Control Manager', eventIds: [7036] },
]
const data = { instance: { tree: dataTree(['UtcTime']), values: [text('2022-01-02 03:04:05.678')] } }
const mixed = buildFile([
  buildChunk(
    KINDS.flatMap(({ provider, eventIds }) => eventIds.map((eventId) => ({ provider, eventId, data }))).map(
      (event, index) => ({ ...event, id: index + 1 }),
    ),
  ).bytes,
])

describe('events whose data need not be read', () => {
  test('are those that are only counted: of the Security log all but five kinds, of other logs all but the sensors and controls', async () => {
    const read = await items(mixed, needsData)
    const without = read.filter((item) => !hasData(item))
    expect(without.map((item) => (item.kind === 'record' ? item.record.recordId : null))).toEqual(['1', '15'])
    expect(read.filter(hasData)).toHaveLength(13)
  })

  test('mean the same without it', async () => {
    expect(meanings(await items(mixed, needsData))).toEqual(meanings(await items(mixed)))
  })

  test.each(logs)('mean the same without it in %s', async (name) => {
    const bytes = readFileSync(path.join(DATA, name))
    expect(meanings(await items(bytes, needsData))).toEqual(meanings(await items(bytes)))
  })
})
