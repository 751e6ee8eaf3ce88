import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEvtx } from '@/lib/pipeline/parse/evtx/parse-evtx'

/** `npm run bench -- evtx [folder]`: every EVTX file below the folder, read three times, beside hashing the same bytes. */
const folder = path.resolve(process.argv[2] ?? '../shared/data')
const ROUNDS = 3

if (existsSync(folder)) await run()
else process.stdout.write(`${folder} is not here: name a folder with EVTX files\n`)

async function run(): Promise<void> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.evtx'))
    .map((name) => readFileSync(path.join(folder, name)))
  const megabytes = (files.reduce((sum, file) => sum + file.length, 0) * ROUNDS) / 1e6
  const limit = await timed(async () => {
    for (const file of files) createHash('sha256').update(file).digest()
  })
  let records = 0
  const parsed = await timed(async () => {
    records = 0
    for (const file of files)
      for await (const item of parseEvtx(whole(file))) if (item.kind === 'record') records++
  })
  process.stdout.write(
    `${files.length} files, ${megabytes.toFixed(0)} MB in ${ROUNDS} rounds, ${records} records a round\n` +
      `SHA-256 of the bytes: ${(megabytes / limit).toFixed(0)} MB/s\n` +
      `parseEvtx, every record rendered: ${(megabytes / parsed).toFixed(0)} MB/s, ${Math.round((records * ROUNDS) / parsed)} records/s ` +
      `= ${Math.round((limit / parsed) * 100)} % of the hash\n`,
  )
}

async function* whole(file: Buffer): AsyncGenerator<Uint8Array> {
  yield file
}

async function timed(work: () => Promise<void>): Promise<number> {
  await work()
  const start = performance.now()
  for (let round = 0; round < ROUNDS; round++) await work()
  return (performance.now() - start) / 1000
}
