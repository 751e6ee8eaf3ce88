import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import type { Rejection } from '@/lib/pipeline/event/raw-record'
import { parseJson } from '@/lib/pipeline/parse/json'
import { openImportFile, openShipperUpload } from '@/lib/store/imports'
import { writeBatch } from '@/lib/store/ingest/write-batch'
import { pool } from '@/lib/store/pool'
import { Batch } from './batch'
import { loadRecogniser } from './load-recogniser'

/** What `POST /api/ingest/v1/events` answers, after commit. */
export type IngestAnswer = {
  received: number
  executions: number
  duplicates: number
  rejections: { line: number; reason: string }[]
}

const MAX_REJECTIONS_ANSWERED = 1_000
/** Requests being read at once, in bytes; past it shippers are asked to come again. */
const MAX_BYTES_IN_FLIGHT = 64 * 1024 * 1024

let bytesInFlight = 0

/**
 * Stores a shipper's events. Everything counted in the answer is committed; on an error what came before may be stored already,
 * and sending the whole again stores nothing twice.
 * @throws ExpectedError 'busy' while too much is being read
 */
export async function ingestEvents(actor: Actor, bytes: AsyncIterable<Uint8Array>): Promise<IngestAnswer> {
  requirePermission(actor, 'ingest')
  const day = now().toISOString().slice(0, 10)
  const uploadId = await openShipperUpload(pool(), actor.name, day)
  const file = await openImportFile(pool(), uploadId, 'events', 'json')
  const batch = new Batch({ ...file, checkpoint: 0 }, await loadRecogniser(pool()), null)
  const answer: IngestAnswer = { received: 0, executions: 0, duplicates: 0, rejections: [] }
  const flush = async () => {
    const { creations, receipt } = batch.take()
    const counts = await writeBatch(pool(), creations, receipt)
    answer.received += receipt.records
    answer.executions += counts.executions
    answer.duplicates += counts.executionsDuplicate
    answer.rejections.push(...receipt.rejections.map(toAnswer))
  }
  for await (const item of parseJson(bounded(bytes))) {
    batch.add(item)
    if (batch.isFull()) await flush()
  }
  await flush()
  return { ...answer, rejections: answer.rejections.slice(0, MAX_REJECTIONS_ANSWERED) }
}

function toAnswer({ position, reason }: Rejection): { line: number; reason: string } {
  return { line: position, reason }
}

async function* bounded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = 0
  try {
    for await (const piece of bytes) {
      if (bytesInFlight + piece.length > MAX_BYTES_IN_FLIGHT)
        throw new ExpectedError('busy', 'Too many events at once: send them again in a few seconds.')
      bytesInFlight += piece.length
      held += piece.length
      yield piece
    }
  } finally {
    bytesInFlight -= held
  }
}
