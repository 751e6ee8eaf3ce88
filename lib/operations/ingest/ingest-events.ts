import type { Actor } from '@/lib/pipeline/actor'
import { ONLY_COUNTED } from '@/lib/pipeline/normalise/record/to-event'
import { parseJson } from '@/lib/pipeline/parse/json'
import { type Incoming, receiveEvents, type ShipmentNotes } from './receive-events'

/** What `POST /api/ingest/v1/events` answers, after commit. */
export type IngestAnswer = {
  received: number
  executions: number
  duplicates: number
  rejections: { line: number; reason: string }[]
}

const MAX_REJECTIONS_ANSWERED = 1_000

/** Stores events sent as JSON, one a line; everything counted in the answer is committed. */
export async function ingestEvents(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  { announcedBytes = 0 }: ShipmentNotes = {},
): Promise<IngestAnswer> {
  const rejections: IngestAnswer['rejections'] = []
  const { records, executions, duplicates } = await receiveEvents(actor, {
    protocol: 'events',
    bytes,
    announcedBytes,
    read,
    onRejection: ({ position, reason }) => {
      if (rejections.length < MAX_REJECTIONS_ANSWERED) rejections.push({ line: position, reason })
    },
  })
  return { received: records, executions, duplicates, rejections }
}

async function* read(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Incoming> {
  for await (const item of parseJson(bytes, { outline: ONLY_COUNTED })) yield { item }
}
