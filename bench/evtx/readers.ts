import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { JsonObject, JsonValue, ParsedItem } from '@/lib/pipeline/event/raw-record'
import { parseEvtx } from '@/lib/pipeline/parse/evtx/parse-evtx'
import { parseXml } from '@/lib/pipeline/parse/xml/parse-xml'
import { type ComparableRecord, leavesOf } from './leaf'

/** Another reader of event logs, in the shape that ours gives. */
export type Reader = { name: string; read: (file: string) => Promise<ComparableRecord[]> }

export type Winevtx = { parseEvtxFile: (data: Buffer) => Iterable<{ recordID: number; event: unknown }> }

export const ourReader: Reader = {
  name: 'Cordon',
  read: (file) => comparable(parseEvtx(once(readFileSync(file)))),
}

/** A program that prints the log as XML on its standard output. */
export function xmlReader(name: string, program: string, args: string[]): Reader {
  return {
    name,
    read: (file) => {
      const { stdout } = spawn(program, [...args, file], { stdio: ['ignore', 'pipe', 'ignore'] })
      return comparable(parseXml(stdout))
    },
  }
}

/** npm's winevtx, from the folder where somebody installed it. */
export async function loadWinevtx(folder: string): Promise<Winevtx> {
  const main = [folder, path.join(folder, 'node_modules/winevtx')]
    .map((place) => path.join(place, 'dist/index.js'))
    .find(existsSync)
  if (main === undefined) throw new Error(`${folder} does not hold the package winevtx`)
  return (await import(pathToFileURL(path.resolve(main)).href)) as Winevtx
}

export function winevtxReader({ parseEvtxFile }: Winevtx): Reader {
  return {
    name: 'winevtx',
    read: async (file) => {
      const records: ComparableRecord[] = []
      for (const { event } of parseEvtxFile(readFileSync(file)))
        records.push(comparableRecord(reshape(event)))
      return records
    },
  }
}

/** Its attributes are beside an element's text, which it calls Value. */
function reshape(event: unknown): JsonObject {
  const { Event } = JSON.parse(JSON.stringify(event ?? {})) as { Event?: JsonObject }
  const { System, EventData, ...rest } = Event ?? {}
  return { ...rest, System: reshapeSystem(objectIn(System)), EventData: reshapeData(objectIn(EventData)) }
}

const KEYS: Readonly<Record<string, string>> = {
  'Provider Name': 'Provider',
  'Provider Guid': 'ProviderGuid',
  'TimeCreated SystemTime': 'TimeCreated',
}

function reshapeSystem(system: JsonObject): JsonObject {
  const fields: JsonObject = {}
  for (const [name, value] of Object.entries(system)) {
    if (typeof value !== 'object') fields[name] = value
    for (const [key, inner] of Object.entries(objectIn(value)))
      fields[key === 'Value' ? name : (KEYS[`${name} ${key}`] ?? key)] = inner
  }
  return fields
}

function reshapeData(data: JsonObject): JsonObject {
  const { Data, ...fields } = data
  const items = Array.isArray(Data) ? Data : Data === undefined ? [] : [Data]
  let unnamed = 0
  for (const item of items.flat()) {
    const { Name, Value } = objectIn(item)
    if (typeof Name === 'string') fields[Name] = Value ?? null
    else fields[++unnamed === 1 ? 'Data' : `Data${unnamed}`] = item
  }
  return fields
}

function objectIn(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

async function comparable(items: AsyncIterable<ParsedItem>): Promise<ComparableRecord[]> {
  const records: ComparableRecord[] = []
  for await (const item of items)
    if (item.kind === 'record') records.push(comparableRecord(item.record.fields))
  return records
}

/** A record copied from another log bears another id in its header, so it is known by System's. */
function comparableRecord(fields: JsonObject): ComparableRecord {
  const leaves = leavesOf(fields)
  return { recordId: leaves.get('System.EventRecordID') ?? null, leaves }
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}
