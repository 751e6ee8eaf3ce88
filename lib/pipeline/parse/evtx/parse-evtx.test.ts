import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tree, Value } from '@/fixtures/evtx/binxml-writer'
import { buildChunk, buildFile, CHUNK_BYTES, dataTree, FILE_HEADER_BYTES } from '@/fixtures/evtx/build-evtx'
import { SAMPLES } from '@/fixtures/evtx/samples'
import { text } from '@/fixtures/evtx/values'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { type EvtxOptions, parseEvtx } from './parse-evtx'

async function* pieces(bytes: Uint8Array, cuts: number[] = []): AsyncGenerator<Uint8Array> {
  const sorted = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  for (const [index, start] of sorted.entries())
    yield bytes.subarray(start, sorted[index + 1] ?? bytes.length)
}

async function parse(bytes: Uint8Array, cuts?: number[], options?: EvtxOptions): Promise<ParsedItem[]> {
  const items: ParsedItem[] = []
  for await (const item of parseEvtx(pieces(bytes, cuts), options)) items.push(item)
  return items
}

function reasons(items: ParsedItem[]): string[] {
  return items.flatMap((item) => (item.kind === 'rejection' ? [item.rejection.reason] : []))
}

function recordIds(items: ParsedItem[]): (string | null)[] {
  return items.flatMap((item) => (item.kind === 'record' ? [item.record.recordId] : []))
}

const sample = (name: string): Buffer => SAMPLES[name] ?? Buffer.alloc(0)

describe('what is read', () => {
  test.each(Object.keys(SAMPLES))('the sample %s is read as expected', async (name) => {
    const items = await parse(sample(name))
    await expect(`${JSON.stringify(items, null, 2)}\n`).toMatchFileSnapshot(
      `../../../../fixtures/evtx/${name}.expected.json`,
    )
  })

  test('any split of the byte stream gives the same items', async () => {
    const bytes = sample('template-reuse')
    const whole = await parse(bytes)
    const cut = fc.oneof(fc.nat(FILE_HEADER_BYTES), fc.nat(bytes.length))
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { maxLength: 12 }), async (cuts) => {
        expect(await parse(bytes, cuts)).toEqual(whole)
      }),
      { numRuns: 40 },
    )
  })

  test('events that are not wanted come with System only, and are counted', async () => {
    const all = await parse(sample('other-shapes'))
    const items = await parse(sample('other-shapes'), [], { wants: (_, eventId) => eventId === '8003' })
    expect(recordIds(items)).toEqual(recordIds(all))
    const read = items.flatMap((item) => (item.kind === 'record' ? [item.record.fields] : []))
    expect(read.filter(({ EventData, UserData }) => EventData !== null || UserData !== null)).toHaveLength(1)
    expect(read.every(({ System }) => System !== null)).toBe(true)
  })

  test('times keep their 100 nanoseconds', async () => {
    const [item] = await parse(sample('value-types'))
    const fields = item?.kind === 'record' ? item.record.fields : {}
    expect(fields).toMatchObject({
      System: { TimeCreated: '2021-04-26T08:26:03.0048574Z' },
      EventData: { FileTime: '2021-04-26T08:26:03.0048574Z', Ansi: 'caf\u00e9\u20ac' },
    })
  })

  test('positions count up from 1 through records and rejections', async () => {
    const items = await parse(sample('poisoned-record'))
    const positions = items.map((item) => (item.kind === 'record' ? item.record : item.rejection).position)
    expect(positions).toEqual([1, 2, 3, 4, 5])
  })
})

describe('what is not an event log', () => {
  test.each([
    ['an empty file', '', 'not an EVTX file: it is empty'],
    ['text', 'Dear all', 'looks like plain text'],
    ['JSON', ' {"a":1}', 'looks like JSON'],
    ['XML', '\xef\xbb\xbf<Events>', 'looks like XML or HTML'],
    ['a zip', 'PK\x03\x04....', 'looks like a zip archive'],
    ['a gzip', '\x1f\x8b\x08\0', 'looks like a gzip file'],
    ['an old log', '\x30\0\0\0LfLe', 'looks like an event log of Windows XP'],
    ['an LFS pointer', 'version https://git-lfs.github.com/spec/v1', 'looks like a Git LFS pointer'],
    ['zeros', '\0'.repeat(9000), 'looks like nothing but zero bytes'],
    ['noise', '\x01\x02\x03', 'looks like unknown binary data'],
  ])('%s gives one rejection that says so', async (_, content, message) => {
    const items = await parse(Buffer.from(content, 'latin1'))
    expect(items).toHaveLength(1)
    expect(reasons(items)[0]).toContain(message)
  })

  test('a file cut off in its header gives one rejection', async () => {
    expect(reasons(await parse(sample('template-reuse').subarray(0, 200)))).toEqual([
      'The file is cut off in its header (200 of 4096 bytes): it holds no records.',
    ])
  })
})

describe('hostile files', () => {
  test('damaged bytes anywhere never throw, and reading comes to an end', async () => {
    const bytes = sample('template-reuse')
    const damage = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) })
    const inRecords = damage.map(({ at, byte }) => ({ at: FILE_HEADER_BYTES + 512 + (at % 2048), byte }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(damage, inRecords), { minLength: 1, maxLength: 20 }),
        async (damages) => {
          const copy = Buffer.from(bytes)
          for (const { at, byte } of damages) copy.writeUInt8(byte, at)
          expect((await parse(copy)).length).toBeLessThan(50)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a value repeated within itself over and over is given up, and the next record is read', async () => {
    const wide = (slot: number): Tree => ({
      name: 'EventData',
      content: Array.from({ length: 300 }, () => ({ slot })),
    })
    let value: Value = text('x'.repeat(100))
    for (let level = 0; level < 4; level++) value = { instance: { tree: wide(0), values: [value] } }
    const items = await parse(buildFile([buildChunk([{ id: 1, data: value }, { id: 2 }]).bytes]))
    expect(reasons(items)).toEqual(['Chunk 1: record 1 cannot be read: it expands beyond any real size.'])
    expect(recordIds(items)).toEqual(['2'])
  })

  test('elements nested without end are given up', async () => {
    let tree: Tree = { name: 'Deep', content: ['bottom'] }
    for (let level = 0; level < 200; level++) tree = { name: 'Deep', content: [tree] }
    const items = await parse(buildFile([buildChunk([{ id: 1, data: { element: tree } }]).bytes]))
    expect(reasons(items)).toEqual(['Chunk 1: record 1 cannot be read: elements nested too deep.'])
  })

  test('a log of any length is read in the memory of a chunk', async () => {
    const data: Value = { instance: { tree: dataTree(['Text']), values: [text('y'.repeat(20_000))] } }
    const { bytes } = buildChunk([{ id: 1, data }])
    const header = buildFile([]).subarray(0, FILE_HEADER_BYTES)
    async function* longLog() {
      yield header
      for (let chunk = 0; chunk < 2000; chunk++) yield bytes
    }
    const before = process.memoryUsage().arrayBuffers
    let records = 0
    let most = 0
    for await (const item of parseEvtx(longLog())) {
      records += item.kind === 'record' ? 1 : 0
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    expect(records).toBe(2000)
    expect(most).toBeLessThan(16 * CHUNK_BYTES)
  })

  test('the source is closed when the reader is left early', async () => {
    let isClosed = false
    async function* source() {
      try {
        yield sample('template-reuse')
        yield Buffer.alloc(CHUNK_BYTES)
      } finally {
        isClosed = true
      }
    }
    for await (const _ of parseEvtx(source())) break
    expect(isClosed).toBe(true)
  })
})
