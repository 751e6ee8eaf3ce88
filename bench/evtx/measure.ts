import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { needsData } from '@/lib/pipeline/normalise/record/to-event'
import type { Wants } from '@/lib/pipeline/parse/evtx/event-fields'
import { parseEvtx } from '@/lib/pipeline/parse/evtx/parse-evtx'
import type { Winevtx } from './readers'

/** One way to read a file; gives the number of records. */
export type Contender = { name: string; run: () => Promise<number> }
export type Measured = { name: string; seconds: number; records: number }

const HEADER_BYTES = 4096
const CHUNK_BYTES = 65_536

/** The best of several rounds in which the contenders take turns: what other programs on the machine do only adds. */
export async function measure(contenders: Contender[], rounds: number): Promise<Measured[]> {
  const results = contenders.map(({ name }) => ({ name, seconds: Number.POSITIVE_INFINITY, records: 0 }))
  for (let round = 0; round < rounds; round++)
    for (const [index, { run }] of contenders.entries()) {
      const start = performance.now()
      const records = await run()
      const result = results[index]
      if (result === undefined) continue
      result.records = records
      result.seconds = Math.min(result.seconds, (performance.now() - start) / 1000)
    }
  return results
}

export function contenders(file: string, winevtx: Winevtx | null): Contender[] {
  const ours: Contender[] = [
    { name: 'ours, every record rendered', run: () => countRecords(createReadStream(file)) },
    {
      name: 'ours as an import reads (data only of events that are kept)',
      run: () => countRecords(createReadStream(file), needsData),
    },
    { name: 'ours, every record rendered on two threads', run: () => onThreads(file, false) },
    { name: 'the same, records sent to the main thread', run: () => onThreads(file, true) },
  ]
  if (winevtx === null) return ours
  return [...ours, { name: 'winevtx', run: async () => [...counted(winevtx, file)].length }]
}

function* counted({ parseEvtxFile }: Winevtx, file: string): Generator<null> {
  for (const _ of parseEvtxFile(readFileSync(file))) yield null
}

/** A program that prints the records; its output is thrown away, so `records` is 0. */
export function program(name: string, args: string[]): Contender {
  return {
    name,
    run: async () => {
      await once(spawn(name, args, { stdio: 'ignore' }), 'exit')
      return 0
    },
  }
}

export async function countRecords(source: AsyncIterable<Uint8Array>, wants?: Wants): Promise<number> {
  let records = 0
  for await (const item of parseEvtx(source, wants === undefined ? {} : { wants }))
    if (item.kind === 'record') records++
  return records
}

/** What a worker of `onThreads` is asked for: the chunks of its half, and whether to send what it reads. */
export type ThreadTask = { file: string; from: number; to: number; send: boolean }

async function onThreads(file: string, send: boolean): Promise<number> {
  const chunks = Math.floor((readFileSync(file).length - HEADER_BYTES) / CHUNK_BYTES)
  const middle = Math.ceil(chunks / 2)
  const tasks: ThreadTask[] = [
    { file, from: 0, to: middle, send },
    { file, from: middle, to: chunks, send },
  ]
  const found = await Promise.all(tasks.map(runThread))
  return found.reduce((sum, records) => sum + records, 0)
}

async function runThread(workerData: ThreadTask): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData })
  let records = 0
  worker.on('message', (message: number | unknown[]) => {
    records += typeof message === 'number' ? message : message.length
  })
  await once(worker, 'exit')
  return records
}

/** The chunks of a half as a file of their own. */
export async function* halfOf({ file, from, to }: ThreadTask): AsyncGenerator<Uint8Array> {
  yield readFileSync(file).subarray(0, HEADER_BYTES)
  const [start, end] = [HEADER_BYTES + from * CHUNK_BYTES, HEADER_BYTES + to * CHUNK_BYTES]
  yield* createReadStream(file, { start, end: end - 1 })
}
