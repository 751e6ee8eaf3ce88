import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { Dice } from '@/fixtures/dice'
import { CHUNK_BYTES, FILE_HEADER_BYTES } from '@/fixtures/evtx/build-evtx'
import { chunkFiles, type Damage, damageEvtx, recordsBeforeDamage } from '@/fixtures/evtx/damage-evtx'
import { SAMPLES } from '@/fixtures/evtx/samples'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { parseEvtx } from '@/lib/pipeline/parse/evtx/parse-evtx'
import { print } from './measuring/print'

/**
 * `npm run bench -- evtx-fuzz [cases] [seed] [folder]`: single chunks of our own samples and of the real logs below the folder, damaged at random, behind the same chunk undamaged.
 * Each must be read to its end within two seconds without an exception, the undamaged chunk wholly, and of the damaged one the records before the damage as they were
 * and everything as it is read alone.
 */
const [cases = 5000, seed = 1] = process.argv.slice(2, 4).map(Number)
const folder = path.resolve(process.argv[4] ?? '../shared/data')
const LONGEST_SECONDS = 2

type Items = (JsonObject | null)[]

const dice = new Dice(seed)
const logs = [...Object.values(SAMPLES), ...realLogs()].flatMap(chunkFiles).filter(isWholeChunk)
const expected = new Map<Buffer, Items>()
const found = { records: 0, rejections: 0, slowest: 0, failures: 0 }
const start = performance.now()
for (let number = 0; number < cases; number++) await runCase(number)
print(
  `${cases} cases over ${logs.length} chunks, seed ${seed}: ${found.failures} failures; ${found.records} records and ${found.rejections} rejections read, ` +
    `slowest case ${(found.slowest * 1000).toFixed(0)} ms, ${((performance.now() - start) / 1000).toFixed(0)} s in all`,
)
process.exitCode = found.failures === 0 ? 0 : 1

async function runCase(number: number): Promise<void> {
  const whole = dice.pick(logs)
  const damages = Array.from({ length: 1 + dice.below(3) }, damage)
  const damaged = damageEvtx(whole, damages)
  const begin = performance.now()
  try {
    const problem = await check(whole, damaged)
    if (problem !== null) fail(number, problem)
  } catch (error) {
    fail(number, String(error))
  }
  const seconds = (performance.now() - begin) / 1000
  found.slowest = Math.max(found.slowest, seconds)
  if (seconds > LONGEST_SECONDS) fail(number, `it took ${seconds.toFixed(1)} s`)
}

async function check(whole: Buffer, damaged: Buffer): Promise<string | null> {
  const original = expected.get(whole) ?? (await read(whole))
  expected.set(whole, original)
  const alone = await read(damaged)
  const intact = recordsBeforeDamage(whole, damaged) ?? 0
  if (!isDeepStrictEqual(alone.slice(0, intact), original.slice(0, intact)))
    return `one of the ${intact} records before the damage is read otherwise`
  const both = recordsOf(await read(Buffer.concat([whole, damaged.subarray(FILE_HEADER_BYTES)])))
  return isDeepStrictEqual(both, [...recordsOf(original), ...recordsOf(alone)])
    ? null
    : 'behind one another the undamaged and the damaged chunk are read otherwise than alone'
}

function recordsOf(items: Items): Items {
  return items.filter((item) => item !== null)
}

/** The fields of each record, and null for each rejection. */
async function read(bytes: Buffer): Promise<Items> {
  const items: Items = []
  const source = (async function* () {
    yield bytes
  })()
  for await (const item of parseEvtx(source)) {
    items.push(item.kind === 'record' ? item.record.fields : null)
    if (item.kind === 'record') found.records++
    else found.rejections++
  }
  return items
}

function fail(number: number, problem: string): void {
  found.failures++
  if (found.failures <= 10) print(`case ${number}: ${problem}`)
}

function damage(): Damage {
  return {
    // half of it near the start, where most templates lie
    at: dice.below(2) === 0 ? dice.below(CHUNK_BYTES) : dice.below(8192),
    length: dice.below(3) === 0 ? 1 + dice.below(4000) : 1 + dice.below(4),
    kind: dice.pick(['noise', 'zeros', 'copy'] as const),
    seed: dice.below(0x7fffffff),
  }
}

function realLogs(): Buffer[] {
  if (!existsSync(folder)) {
    print(`${folder} is not here: only our own samples are damaged`)
    return []
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.evtx'))
    .map((name) => readFileSync(path.join(folder, name)))
}

/** Whole and used; others would mostly be damaged where nothing is. */
function isWholeChunk(file: Buffer): boolean {
  return file.length === FILE_HEADER_BYTES + CHUNK_BYTES && file.toString('latin1', 4096, 4103) === 'ElfChnk'
}
