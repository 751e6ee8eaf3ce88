import type { Actor } from '@/lib/pipeline/actor'
import { positionOf } from '@/lib/pipeline/event/raw-record'
import { ONLY_COUNTED } from '@/lib/pipeline/normalise/record/to-event'
import { parseJson } from '@/lib/pipeline/parse/json'
import { isNdjson, type LineItem, parseNdjson } from '@/lib/pipeline/parse/ndjson'
import { MAX_RECORDS } from './batch'
import { peek } from './byte-source'
import { receiveEvents } from './receive-events'
import type { ShipmentNotes } from './shipment-notes'

/** What `POST /api/ingest/v1/events` answers, after commit. */
export type IngestAnswer = {
  received: number
  executions: number
  duplicates: number
  rejections: { line: number; reason: string }[]
}

const MAX_REJECTIONS_ANSWERED = 1_000
const READING = { outline: ONLY_COUNTED }

/** Longer than any first line that tells what a body is. */
const HEAD_BYTES = 64 * 1024

/**
 * Stores events sent as JSON, one a line; everything counted in the answer is committed. A body that is no NDJSON (a list, objects over several lines) is read as a
 * file is, and `line` is then the record's number.
 */
export async function ingestEvents(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  { announcedBytes = 0 }: ShipmentNotes = {},
): Promise<IngestAnswer> {
  const rejections: IngestAnswer['rejections'] = []
  // of the records since the last batch: it is stored, and its rejections told, before more are read
  const lines = new Uint32Array(MAX_RECORDS)
  const { records, executions, duplicates } = await receiveEvents(actor, {
    protocol: 'events',
    bytes,
    announcedBytes,
    async *read(body) {
      const { head, bytes: all } = await peek(body, HEAD_BYTES)
      for await (const { item, line } of isNdjson(head) ? parseNdjson(all, READING) : byRecord(all)) {
        lines[positionOf(item) % MAX_RECORDS] = line
        yield { item }
      }
    },
    onRejection: ({ position, reason }) => {
      if (rejections.length < MAX_REJECTIONS_ANSWERED)
        rejections.push({ line: lines[position % MAX_RECORDS] ?? position, reason })
    },
  })
  return { received: records, executions, duplicates, rejections }
}

async function* byRecord(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LineItem> {
  for await (const item of parseJson(bytes, READING)) yield { item, line: positionOf(item) }
}
