import type { Buffer } from 'node:buffer'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildChunk, buildFile, CHUNK_BYTES, dataTree, FILE_HEADER_BYTES } from '@/fixtures/evtx/build-evtx'
import { chunkFiles, type Damage, damageEvtx, recordsBeforeDamage } from '@/fixtures/evtx/damage-evtx'
import { SAMPLES } from '@/fixtures/evtx/samples'
import { text } from '@/fixtures/evtx/values'
import { liveHeap } from '@/fixtures/live-heap'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { parseEvtx } from './parse-evtx'

const REAL = path.resolve('../shared/data/python-evtx/system.evtx')
const isThere = existsSync(REAL)
if (!isThere) console.info('damaged-logs.test.ts: the collection of real logs is not here, skipped')

/** A few chunks of a real log; the own sample has two. */
const CHUNKS = 3
const logs: [string, Buffer][] = [['a log of our own', SAMPLES['template-reuse'] as Buffer]]
if (isThere)
  logs.push(['a real log', readFileSync(REAL).subarray(0, FILE_HEADER_BYTES + CHUNKS * CHUNK_BYTES)])

async function parse(bytes: Uint8Array): Promise<ParsedItem[]> {
  const items: ParsedItem[] = []
  const source = (async function* () {
    yield bytes
  })()
  for await (const item of parseEvtx(source)) items.push(item)
  return items
}

/** What the records say, null for each rejection: its reason counts the chunks of its file. */
const fieldsOf = (items: ParsedItem[]) =>
  items.map((item) => (item.kind === 'record' ? item.record.fields : null))

/** Near a chunk's start lie its templates. */
const place = fc.oneof(
  fc.nat(),
  fc.tuple(fc.nat(CHUNKS), fc.nat(4096)).map(([chunk, at]) => chunk * CHUNK_BYTES + at),
)
const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    at: place,
    length: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5000 })),
    kind: fc.constantFrom('noise', 'zeros', 'copy'),
    seed: fc.nat(),
  }),
  { minLength: 1, maxLength: 4 },
)

describe.each(logs)('%s damaged anywhere', (_, whole) => {
  const chunks = chunkFiles(whole)

  test('gives every record before the damage in a chunk as if it were whole', async () => {
    const expected = await Promise.all(chunks.map(async (chunk) => fieldsOf(await parse(chunk))))
    await fc.assert(
      fc.asyncProperty(damages, async (list) => {
        const damaged = chunkFiles(damageEvtx(whole, list))
        for (const [index, chunk] of damaged.entries()) {
          const original = chunks[index] as Buffer
          const intact = recordsBeforeDamage(original, chunk)
          if (intact === null) continue
          const read = fieldsOf(await parse(chunk))
          expect(read.slice(0, intact)).toEqual(expected[index]?.slice(0, intact))
        }
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  test('reads the same whether or not its chunks share what they compiled', async () => {
    await fc.assert(
      fc.asyncProperty(damages, async (list) => {
        const damaged = damageEvtx(whole, list)
        const alone = await Promise.all(
          chunkFiles(damaged).map(async (chunk) => fieldsOf(await parse(chunk))),
        )
        const records = fieldsOf(await parse(damaged)).filter((fields) => fields !== null)
        expect(records).toEqual(alone.flat().filter((fields) => fields !== null))
      }),
      { numRuns: 100, seed: 2 },
    )
  })
})

describe('memory', () => {
  test('does not grow with a log whose every chunk has templates and texts of its own', async () => {
    const header = buildFile([]).subarray(0, FILE_HEADER_BYTES)
    async function* log() {
      yield header
      for (let chunk = 0; chunk < 1500; chunk++) {
        const names = Array.from({ length: 60 }, (_, index) => `Field${chunk}x${index}`)
        const values = names.map((name) => text(`${name} of this chunk`))
        yield buildChunk([{ id: chunk + 1, data: { instance: { tree: dataTree(names), values } } }]).bytes
      }
    }
    const before = liveHeap()
    let records = 0
    let most = 0
    for await (const item of parseEvtx(log())) {
      records += item.kind === 'record' ? 1 : 0
      if (records % 250 === 0) most = Math.max(most, liveHeap() - before)
    }
    expect(records).toBe(1500)
    expect(most).toBeLessThan(24 * 1024 * 1024)
  })
})
