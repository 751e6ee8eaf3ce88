import type { Actor } from '@/lib/pipeline/actor'
import { asRecord, atPosition, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import type { RecordContext } from '@/lib/pipeline/normalise/record/result'
import { detectFormat } from '@/lib/pipeline/parse/detect-format'
import { type HecEnvelope, readEnvelope } from '@/lib/pipeline/parse/hec'
import { parseJson } from '@/lib/pipeline/parse/json'
import { parseFile } from '@/lib/pipeline/parse/parse-file'
import { parseText } from '@/lib/pipeline/parse/parse-text'
import { peek } from './byte-source'
import { type Incoming, receiveEvents } from './receive-events'
import type { ShipmentNotes } from './shipment-notes'

/** Invalid data format, event field required, event field blank. */
type HecFaultCode = 6 | 12 | 13

/** What became of a request to Splunk's HTTP Event Collector. All of it that can be read is committed. */
export type HecOutcome = {
  events: number
  /** Events whose content is nothing that can be read: they are listed with the import. */
  rejected: number
  /** The first envelope that is none: its index from 0, and the collector's code for it. */
  fault: { index: number; code: HecFaultCode } | null
}

/** Stores the events of `/services/collector/event`: JSON objects one after the other, each around an event. */
export async function ingestHecEvents(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  notes: ShipmentNotes = {},
): Promise<HecOutcome> {
  const outcome: HecOutcome = { events: 0, rejected: 0, fault: null }
  let position = 0
  return await deliver(actor, bytes, notes, outcome, async function* (body) {
    for await (const item of parseJson(body)) {
      const { code, context, items } = await open(item)
      if (code !== null) outcome.fault ??= { index: outcome.events, code }
      outcome.events++
      // an envelope may hold several
      for (const one of items) yield { item: atPosition(one, ++position), context }
    }
  })
}

/** Stores what `/services/collector/raw` takes: the bytes of a log as they are. */
export async function ingestHecRaw(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  notes: ShipmentNotes = {},
): Promise<HecOutcome> {
  const outcome: HecOutcome = { events: 0, rejected: 0, fault: null }
  const context = { defaultHost: notes.host ?? null }
  return await deliver(actor, bytes, notes, outcome, async function* (body) {
    const { head, bytes: all } = await peek(body, HEAD_BYTES)
    if (head.length === 0) return
    for await (const item of parseFile(detectFormat(head), all)) {
      outcome.events++
      yield { item: atPosition(item, outcome.events), context }
    }
  })
}

const HEAD_BYTES = 4096

async function deliver(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  { announcedBytes = 0 }: ShipmentNotes,
  outcome: HecOutcome,
  read: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Incoming>,
): Promise<HecOutcome> {
  const onRejection = () => {
    outcome.rejected++
  }
  await receiveEvents(actor, { protocol: 'splunk', bytes, announcedBytes, read, onRejection })
  return outcome
}

type Opened = { code: HecFaultCode | null; context: RecordContext; items: ParsedItem[] }

/** What an envelope holds. */
async function open(item: ParsedItem): Promise<Opened> {
  if (item.kind === 'rejection') return { code: 6, context: NOTHING, items: [item] }
  const envelope = readEnvelope(item.record.fields)
  if ('code' in envelope)
    return { code: envelope.code, context: NOTHING, items: [unread(WORDS[envelope.code])] }
  const { host, timeUs } = envelope
  const context = { defaultHost: host, defaultTime: timeUs === null ? null : { us: timeUs, tick: 0 } }
  return { code: null, context, items: await contentOf(envelope) }
}

async function contentOf({ event }: HecEnvelope): Promise<ParsedItem[]> {
  if (typeof event === 'object') return [asRecord(event)]
  const items = await parseText(event)
  return items.length > 0 ? items : [unread('the event is empty')]
}

const NOTHING: RecordContext = { defaultHost: null }
const WORDS = { 12: 'it has no event', 13: 'its event is blank' } as const
