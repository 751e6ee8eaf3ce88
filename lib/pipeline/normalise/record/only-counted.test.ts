import { Buffer } from 'node:buffer'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { parseBulk } from '@/lib/pipeline/parse/bulk'
import { type JsonOptions, parseJson } from '@/lib/pipeline/parse/json'
import { ONLY_COUNTED, toEvent } from './to-event'

const DATA = path.resolve('../shared/data')
const logs = existsSync(DATA)
  ? readdirSync(DATA, { recursive: true, encoding: 'utf8' }).filter((name) => /json(l)?(\.gz)?$/.test(name))
  : []
if (logs.length === 0) console.info('only-counted.test.ts: the collection of real logs is not here, skipped')

function contentOf(name: string): Buffer {
  const packed = readFileSync(path.join(DATA, name))
  return name.endsWith('.gz') ? gunzipSync(packed) : packed
}

/** Reads some bytes as a protocol or file has them. */
type Read = (bytes: AsyncIterable<Uint8Array>, options: JsonOptions) => AsyncIterable<ParsedItem>

async function* readBulk(bytes: AsyncIterable<Uint8Array>, options: JsonOptions) {
  for await (const { item } of parseBulk(bytes, options)) yield item
}

/** What the records say, each as text, and of how many an outline was enough. */
async function meanings(read: Read, bytes: Buffer, options: JsonOptions) {
  let outlines = 0
  const said: string[] = []
  for await (const item of read([bytes] as unknown as AsyncIterable<Uint8Array>, options)) {
    if (item.kind === 'record' && item.record.text === undefined) outlines++
    said.push(JSON.stringify(item.kind === 'record' ? toEvent(item.record, { defaultHost: null }) : item))
  }
  return { said, outlines }
}

async function expectTheSame(bytes: Buffer, read: Read = parseJson): Promise<number> {
  const [some, all] = [
    await meanings(read, bytes, { outline: ONLY_COUNTED }),
    await meanings(read, bytes, {}),
  ]
  expect(some.said).toEqual(all.said)
  return some.outlines - all.outlines
}

/** A number, the same in every run. */
function* numbers(): Generator<number, never> {
  for (let state = 7; ; ) {
    state = (state * 48_271) % 0x7fff_ffff
    yield state
  }
}

/** Bytes of which here and there one is changed, left out or said twice. */
function damaged(bytes: Buffer, every: number): Buffer {
  const random = numbers()
  const pieces: Buffer[] = []
  let at = 0
  while (at < bytes.length) {
    const next = Math.min(bytes.length, at + 1 + (random.next().value % every))
    pieces.push(bytes.subarray(at, next))
    const marks = '"\\{}[]:,\n\r\t 0-x\u0000'
    const kind = random.next().value % 3
    if (kind === 0) pieces.push(Buffer.from(marks.charAt(random.next().value % marks.length)))
    at = kind === 1 ? next + 1 : kind === 2 ? Math.max(at + 1, next - 1) : next
  }
  return Buffer.concat(pieces)
}

/** A document ends at its line's end. */
function oneLine(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\n', ' ') || ' '
}

const member = (names: readonly string[], values: readonly string[]) =>
  fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values)).map(([name, value]) => `"${name}":${value}`)
const object = (inner: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(inner, { maxLength }).map((members) => `{${members.join(',')}}`)

const TIMES = [
  '"2020-09-21 10:00:00.123"',
  '"2021-02-30 00:00:00.000"',
  '"-"',
  '""',
  'null',
  '1600682400',
  '"\\u0032"',
]
const data = object(member(['UtcTime', 'Image', 'TargetObject'], TIMES), 3)
const IDS = [
  '1',
  '13',
  '11',
  '7',
  '4624',
  '4688',
  '4656',
  '"13"',
  '"0xd"',
  '13.0',
  'null',
  '[13]',
  '{"#text":13}',
  '1e1',
  '"x"',
]
const system = member(
  [
    'event_id',
    'computer_name',
    'provider_name',
    'source_name',
    'record_id',
    'record_number',
    'channel',
    'log_name',
  ],
  [
    ...IDS,
    '"Microsoft-Windows-Sysmon"',
    '"microsoft-windows-sysmon"',
    '"Microsoft-Windows-Security-Auditing"',
    '"Microsoft-Windows-AppLocker"',
    '"Service Control Manager"',
    '"HR001.corp"',
    '" "',
    '"문"',
  ],
)
const dataOf = fc
  .tuple(fc.constantFrom('event_data', 'user_data'), data)
  .map(([name, value]) => `"${name}":${value}`)
const usual = fc
  .tuple(fc.constantFrom(...IDS), data)
  .map(
    ([id, inner]) =>
      `"provider_name":"Microsoft-Windows-Sysmon","event_id":${id},"computer_name":"A","event_data":${inner}`,
  )
const winlog = fc
  .oneof(
    usual.map((members) => `{${members}}`),
    object(fc.oneof(system, dataOf), 6),
    fc.constantFrom('null', '"x"', '[]'),
  )
  .map((value) => `"winlog":${value}`)
const others = fc.constantFrom(
  ...['"snapshot":[{"a":"1"},{"a":"2"}]', '"hostIdentifier":"h"', '"records":[{"a":1}]', '"took":1'],
  ...[
    '"host":{"name":"B"}',
    '"event":{"code":"13","provider":"Microsoft-Windows-Sysmon"}',
    '"process":{"pid":4}',
    '"_raw":"{}"',
  ],
)
const line = fc
  .tuple(
    fc.constantFrom('"2020-09-21T10:00:00.123Z"', ...TIMES),
    winlog,
    fc.array(fc.oneof(winlog, system, dataOf, others), { maxLength: 2 }),
  )
  .map(([time, one, members]) => `{${[`"@timestamp":${time}`, one, ...members].join(',')}}`)

describe('of events that are only counted an outline is enough:', () => {
  test('lines of any members mean the same with it, whole and damaged', async () => {
    let outlines = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (lines, isDamaged) => {
          const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''))
          outlines += await expectTheSame(isDamaged ? damaged(bytes, 400) : bytes)
        },
      ),
      { numRuns: 3_000 },
    )
    expect(outlines).toBeGreaterThan(500)
  })

  test('documents of a _bulk body mean the same with it, whole and damaged', async () => {
    let outlines = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (lines, isDamaged) => {
          const documents = lines.map((one) => (isDamaged ? oneLine(damaged(Buffer.from(one), 200)) : one))
          const body = Buffer.from(documents.map((one) => `{"create":{}}\n${one}\n`).join(''))
          outlines += await expectTheSame(body, readBulk)
        },
      ),
      { numRuns: 1_000 },
    )
    expect(outlines).toBeGreaterThan(200)
  })

  test.each(logs)('%s means the same with it, whole and damaged', async (name) => {
    const bytes = contentOf(name)
    await expectTheSame(bytes)
    await expectTheSame(damaged(bytes.subarray(0, 500_000), 3_000))
  })
})
