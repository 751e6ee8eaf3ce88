import path from 'node:path'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { type DetectedFormat, detectFormat } from '@/lib/pipeline/parse/detect-format'
import { parseFile } from '@/lib/pipeline/parse/parse-file'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import { print } from './measuring/print'
import { textsBelow } from './measuring/texts-below'

/**
 * `npm run bench -- parse [folder]`: what the files below the folder cost by format, from bytes to records and to events, beside the bare limit of the same
 * run: JSON.parse of each line for JSON, decoding the bytes for the others. Times are of the processor. And raw winlogbeat events with 3 % proxy executions among them.
 */
const folder = path.resolve(process.argv[2] ?? '../shared/data')
const ROUNDS = 5
/** Small groups are read again until the code is warm. */
const LEAST_SECONDS = 4
const PIECE_BYTES = 256 * 1024
const PROXY_SHARE = 0.03

type Input = { format: DetectedFormat; bytes: Buffer }

const inputs = readInputs()
if (inputs.length === 0) print(`${folder} has no logs: only simulated ones are read`)
const kinds = new Set(inputs.map(({ format }) => format.kind))
kinds.delete('evtx')
for (const kind of kinds)
  await report(
    kind,
    inputs.filter(({ format }) => format.kind === kind),
  )
await report(`json, ${PROXY_SHARE * 100} % proxies`, [rawEvents()])

function readInputs(): Input[] {
  return textsBelow(folder)
    .filter(({ name }) => !/^(manifest|truth)/.test(name))
    .map(({ bytes }) => ({ format: detectFormat(bytes.subarray(0, 4096)), bytes }))
}

/** What a shipper sends of hosts that log everything: real events where they are here, and simulated executions. */
function rawEvents(): Input {
  const executions: string[] = []
  for (const { fields, format } of simulateFleet({
    hosts: 20,
    days: 2,
    endDayUtc: 20_400,
    seed: 7,
    attacks: true,
  }))
    if (format === 'winlogbeat') executions.push(JSON.stringify(fields))
  const others = inputs.flatMap(({ format, bytes }) => (format.kind === 'json' ? winlogbeatLines(bytes) : []))
  const count = Math.min(executions.length, Math.ceil((others.length * PROXY_SHARE) / (1 - PROXY_SHARE)))
  const every = Math.max(1, Math.floor(others.length / Math.max(1, count)))
  const lines = others.flatMap((line, index) => {
    const execution = index % every === 0 ? executions[index / every] : undefined
    return execution === undefined ? [line] : [line, execution]
  })
  return {
    format: { kind: 'json' },
    bytes: Buffer.from((lines.length === 0 ? executions : lines).join('\n')),
  }
}

function winlogbeatLines(bytes: Buffer): string[] {
  const text = bytes.toString('utf8')
  return text.startsWith('{"@timestamp"') ? text.split('\n').filter((line) => line !== '') : []
}

async function report(name: string, group: readonly Input[]): Promise<void> {
  const megabytes = group.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6
  const isJson = group.every(({ format }) => format.kind === 'json')
  const texts = group.map(({ bytes }) => (isJson ? jsonTexts(bytes) : []))
  let records = 0
  const [limit, parsed, events] = await best([
    async () => {
      for (const [index, { bytes }] of group.entries())
        if (isJson) for (const text of texts[index] ?? []) JSON.parse(text)
        else new TextDecoder().decode(bytes)
    },
    async () => {
      records = 0
      for (const { format, bytes } of group)
        for await (const item of parseFile(format, pieces(bytes))) if (item.kind === 'record') records++
    },
    async () => {
      for (const { format, bytes } of group)
        for await (const item of parseFile(format, pieces(bytes)))
          if (item.kind === 'record') toEvent(item.record, { defaultHost: 'HOST' })
    },
  ])
  const rate = (seconds: number) =>
    `${(megabytes / seconds).toFixed(0)} MB/s, ${Math.round(records / seconds)} records/s`
  const share = (seconds: number) => `${Math.round((limit / seconds) * 100)} %`
  print(
    `${name}: ${group.length} files, ${megabytes.toFixed(1)} MB, ${records} records of ${Math.round((megabytes * 1e6) / Math.max(1, records))} bytes\n` +
      `  ${isJson ? 'bare JSON.parse' : 'decoding'}: ${(megabytes / limit).toFixed(0)} MB/s\n` +
      `  to records: ${rate(parsed)} = ${share(parsed)}\n  to events: ${rate(events)} = ${share(events)}`,
  )
}

/** The texts that JSON.parse takes one by one: lines, or a whole file that is not made of them. */
function jsonTexts(bytes: Buffer): string[] {
  const text = new TextDecoder(bytes[1] === 0 ? 'utf-16le' : 'utf-8').decode(bytes)
  // each line a text of its own: one character beyond Latin would make all of a larger one wide, and slow
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [Buffer.from(line).toString()]))
  return isJson(lines[0] ?? '') && lines.length > 1 ? lines : isJson(text) ? [text] : []
}

function isJson(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as JsonObject) === 'object'
  } catch {
    return false
  }
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

/** The processor time of each work in the best of several rounds, in turn: others work on this machine too. */
async function best<const Works extends readonly (() => Promise<void>)[]>(
  works: Works,
): Promise<{ [Index in keyof Works]: number }> {
  const seconds = works.map(() => Number.POSITIVE_INFINITY)
  const begin = performance.now()
  for (let round = 0; round < ROUNDS || performance.now() - begin < LEAST_SECONDS * 1000; round++)
    for (const [index, work] of works.entries()) {
      const start = process.cpuUsage()
      await work()
      const { user, system } = process.cpuUsage(start)
      seconds[index] = Math.min(seconds[index] ?? 0, (user + system) / 1e6)
    }
  return seconds as { [Index in keyof Works]: number }
}
