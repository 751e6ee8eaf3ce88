import { createReadStream, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createGunzip } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { CordonEvent } from '@/lib/pipeline/event/event'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { type DetectedFormat, detectFormat } from '@/lib/pipeline/parse/detect-format'
import { parseFile } from '@/lib/pipeline/parse/parse-file'
import { toEvent } from './to-event'

type Entry = {
  file: string
  format: string
  stored: string
  hosts: Record<string, number>
  events: number
  process_creations: number
}

const DATA = path.resolve('../shared/data')
const MANIFEST = path.join(DATA, 'manifest.json')
const isThere = existsSync(MANIFEST)
const entries: Entry[] = isThere ? JSON.parse(readFileSync(MANIFEST, 'utf8')).entries : []

/** Formats whose name in the manifest does not begin with ours. */
const KINDS: readonly { format: RegExp; kind: DetectedFormat['kind'] }[] = [
  { format: /^text \(Splunk/, kind: 'splunk-text' },
  { format: /^(csv|tsv) \(Event Viewer/, kind: 'event-viewer' },
]
/** Names no host, though the manifest knows whose log it was. */
const isHostless = ({ format }: Entry) => /^(csv|tsv) \(Event Viewer/.test(format)
/** The manifest counts only events with data: this file has one of WMI-Activity, of HR001, with user_data instead. */
const WITHOUT_EVENT_DATA: Readonly<Record<string, string>> = {
  'otrf-security-datasets/empire_net_domain_admins_2019-05-18201207.json.gz': 'HR001.shire.com',
}

function open(file: string): AsyncIterable<Uint8Array> {
  const isGzip = readFileSync(file)
    .subarray(0, 2)
    .equals(Buffer.from([0x1f, 0x8b]))
  const bytes = createReadStream(file)
  return isGzip ? bytes.pipe(createGunzip()) : bytes
}

async function formatOf(file: string): Promise<DetectedFormat> {
  for await (const piece of open(file)) return detectFormat(piece.subarray(0, 4096))
  return detectFormat(new Uint8Array(0))
}

/** What the records of a file are as events of the hosts that they name. */
class Summary {
  readonly hosts: Record<string, number> = {}
  readonly reasons: string[] = []
  events = 0
  creations = 0

  constructor(readonly defaultHost: string | null) {}

  add(item: ParsedItem): void {
    const result = item.kind === 'record' ? toEvent(item.record, { defaultHost: this.defaultHost }) : item
    if (result.kind === 'rejection') this.reasons.push(result.rejection.reason)
    else {
      const host = result.event.host ?? 'null'
      this.events++
      this.creations += result.event.kind === 'process-creation' ? 1 : 0
      this.hosts[host] = (this.hosts[host] ?? 0) + 1
    }
  }
}

const summaries = new Map<string, Promise<{ withHost: Summary; asTheyAre: Summary }>>()

/** With a host for records that name none, and without: each file is read once for both. */
function summarise(file: string) {
  const known = summaries.get(file) ?? readSummaries(path.join(DATA, file))
  summaries.set(file, known)
  return known
}

async function readSummaries(file: string) {
  const [withHost, asTheyAre] = [new Summary('HOST'), new Summary(null)]
  for await (const item of parseFile(await formatOf(file), open(file))) {
    withHost.add(item)
    asTheyAre.add(item)
  }
  return { withHost, asTheyAre }
}

function singleQuotes(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('"', "'") : value
}

/** The events of a file, without what only their place in it says. The XML there has single quotes where the log has double ones. */
async function eventsOf(name: string, defaultHost: string | null = null): Promise<CordonEvent[]> {
  const file = path.join(DATA, name)
  const events: CordonEvent[] = []
  for await (const item of parseFile(await formatOf(file), open(file))) {
    const result = item.kind === 'record' ? toEvent(item.record, { defaultHost }) : item
    if (result.kind === 'event')
      events.push(JSON.parse(JSON.stringify({ ...result.event, position: 0 }), singleQuotes))
  }
  return events
}

const wholeText = entries.filter(({ format, stored }) => format !== 'evtx' && !stored.includes('subset'))

describe.skipIf(!isThere)('of the real logs in ../shared/data (skipped where they are absent)', () => {
  test.each(entries)('$file is told by its content', async ({ file, format }) => {
    const kind = KINDS.find((known) => known.format.test(format))?.kind ?? format.split(/[ :]/, 1)[0]
    expect(await formatOf(path.join(DATA, file))).toEqual({ kind })
  })

  test.each(entries)('$file gives the process creations that its manifest counts', async (entry) => {
    const { withHost: summary } = await summarise(entry.file)
    expect(summary.creations).toBe(entry.process_creations)
    // damaged EVTX files have rejections, each with its reason; the others have none
    if (entry.format === 'evtx') expect(summary.reasons.every((reason) => reason.length > 10)).toBe(true)
    else expect(summary.reasons).toEqual([])
  })

  test.each(wholeText)('$file gives every event, under its own host', async (entry) => {
    const { hosts, events } = (await summarise(entry.file)).asTheyAre
    const extra = WITHOUT_EVENT_DATA[entry.file]
    const expected: Record<string, number> = isHostless(entry) ? { null: entry.events } : { ...entry.hosts }
    if (extra !== undefined) expected[extra] = (expected[extra] ?? 0) + 1
    // a file that names no host has its other events counted, and its creations rejected
    if (expected['null'] !== undefined) expected['null'] -= entry.process_creations
    expect(hosts).toEqual(expected)
    expect(events).toBe(Object.values(expected).reduce((sum, count) => sum + count, 0))
  })

  test.each(['xml', 'evtx_dump.jsonl', 'winlogbeat.ndjson'])(
    'one log gives the same events from EVTX and from its rendering as %s',
    async (rendering) => {
      const [evtx, rendered] = await Promise.all([
        eventsOf('omerbenamram-evtx/sysmon.evtx'),
        eventsOf(`derived/sysmon.${rendering === 'xml' ? 'eventviewer.xml' : rendering}`),
      ])
      expect(rendered).toEqual(evtx)
    },
  )

  test.each(['csv', 'txt'])(
    'one log gives the same process creations from EVTX and from Event Viewer’s %s, but for their host, record id and zone',
    async (rendering) => {
      const [evtx, rendered] = await Promise.all([
        eventsOf('omerbenamram-evtx/sysmon.evtx'),
        eventsOf(`derived/sysmon.eventviewer.${rendering}`, 'DESKTOP-2KGM189'),
      ])
      const creations = (events: typeof evtx) =>
        events
          .filter(({ kind }) => kind === 'process-creation')
          .map((event) => JSON.stringify({ ...event, recordId: null, shiftSeconds: null }))
          .sort()
      expect(creations(rendered)).toEqual(creations(evtx))
    },
  )
})
