import path from 'node:path'
import { Dice } from '@/fixtures/dice'
import { damagedFileCase, damagedRecordCase } from '@/fixtures/fuzz-case'
import { FUZZ_SOURCES } from '@/fixtures/fuzz-sources'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { print } from './measuring/print'
import { textsBelow } from './measuring/texts-below'

/**
 * `npm run bench -- fuzz [cases] [seed] [folder]`: texts damaged at random, half of them stretches of the real logs below the folder and of our own samples, half
 * our own records with one of them damaged. Each must be read within two seconds without an exception, the same however its bytes arrive; of the second kind all
 * records but the damaged one's neighbours must be there. EVTX has a fuzzer of its own.
 */
const [cases = 20_000, seed = 1] = process.argv.slice(2, 4).map(Number)
const folder = path.resolve(process.argv[4] ?? '../shared/data')
const LONGEST_SECONDS = 2
const LARGEST_BYTES = 64 * 1024

const files = ['fixtures', folder].flatMap(textsBelow).map(({ bytes }) => bytes)
const dice = new Dice(seed)
const found = { records: 0, rejections: 0, slowest: 0, failures: 0 }
const start = performance.now()
for (let number = 0; number < cases; number++) await runCase(number)
print(
  `${cases} cases over ${files.length} texts and ${FUZZ_SOURCES.length} formats, seed ${seed}: ${found.failures} failures; of whole texts ` +
    `${found.records} records and ${found.rejections} rejections read, slowest case ${(found.slowest * 1000).toFixed(0)} ms, ` +
    `${((performance.now() - start) / 1000).toFixed(0)} s in all`,
)
process.exitCode = found.failures === 0 ? 0 : 1

async function runCase(number: number): Promise<void> {
  const begin = performance.now()
  try {
    const verdict =
      dice.below(2) === 0
        ? await damagedFileCase(partOf(dice.pick(files)), dice, count)
        : await damagedRecordCase(dice.pick(FUZZ_SOURCES), dice)
    if (verdict !== null) fail(number, verdict)
  } catch (error) {
    fail(number, String(error))
  }
  const seconds = (performance.now() - begin) / 1000
  found.slowest = Math.max(found.slowest, seconds)
  if (seconds > LONGEST_SECONDS) fail(number, `it took ${seconds.toFixed(1)} s`)
}

function count(items: readonly ParsedItem[]): void {
  for (const { kind } of items)
    if (kind === 'record') found.records++
    else found.rejections++
}

function fail(number: number, problem: string): void {
  found.failures++
  if (found.failures <= 10) print(`case ${number}: ${problem}`)
}

/** A stretch of a file: its beginning, which shows the format, or any other. */
function partOf(bytes: Buffer): Buffer {
  const from = dice.below(2) === 0 ? 0 : dice.below(bytes.length)
  return bytes.subarray(from, from + 1 + dice.below(LARGEST_BYTES))
}
