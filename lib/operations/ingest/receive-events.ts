import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import type { ParsedItem, Rejection } from '@/lib/pipeline/event/raw-record'
import type { RecordContext } from '@/lib/pipeline/normalise/record/result'
import { storeBatch } from '@/lib/store/ingest/store-batch'
import { writeBatch } from '@/lib/store/ingest/write-batch'
import { patientPool } from '@/lib/store/pool'
import { keptFromUs } from '@/lib/store/retention'
import { openShipperFile, type ShipperProtocol } from '@/lib/store/shippers'
import { Admission } from './admission'
import { Batch, type TakenBatch } from './batch'
import { GroupedWriter, mergeBatches, type WrittenBatch } from './grouped-writer'
import { noteActivity } from './key-notes'
import { currentRecogniser } from './load-recogniser'

/** A record of a request, with what its envelope says where it does not. Positions count the request's records from 1. */
export type Incoming = { item: ParsedItem; context?: RecordContext }

/** One shipper's request. */
export type Delivery = {
  protocol: ShipperProtocol
  /** The body, unpacked. */
  bytes: AsyncIterable<Uint8Array>
  /** How long it is, as far as the request tells. */
  announcedBytes?: number
  read: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Incoming>
  /** Called for each record that could not be read, once that is recorded. */
  onRejection: (rejection: Rejection) => void
  /** Memory that the answer takes for each record. */
  answerBytes?: number
}

/** What is committed. Executions reported by another sensor before count as duplicates. */
export type Received = { records: number; executions: number; duplicates: number }

const admission = new Admission()
const writer = new GroupedWriter((work) => admission.inTurn(work), writeTogether)

async function writeTogether(batches: readonly TakenBatch[]): Promise<WrittenBatch[]> {
  const [only, ...more] = batches
  if (only !== undefined && more.length === 0) {
    const stored = await storeBatch(patientPool(), only.creations, only.receipt, only.rest)
    const { executions, executionsDuplicate, refused } = stored
    return [{ executions, duplicates: executionsDuplicate, refused }]
  }
  const { creations, receipt, rest } = mergeBatches(batches)
  const { newExecutions } = await writeBatch(patientPool(), creations, receipt, rest)
  return batches.map((batch) => {
    const proxies = batch.creations.filter(({ entryId }) => entryId !== null)
    const fresh = proxies.filter((creation) => newExecutions.has(creation)).length
    return { executions: fresh, duplicates: proxies.length - fresh, refused: [] }
  })
}

/**
 * The one way in for shippers, whatever they speak: batches that commit whole, and an answer only after the last of them. On an error what came
 * before may be stored already, and sending the whole again stores nothing twice.
 * @throws ExpectedError 'busy' while too much is being read
 */
export async function receiveEvents(actor: Actor, delivery: Delivery): Promise<Received> {
  try {
    requirePermission(actor, 'ingest')
    return await receive(actor, delivery)
  } catch (error) {
    if (error instanceof ExpectedError) await note(actor, 0, error.message)
    throw error
  }
}

async function receive(
  actor: Actor,
  { protocol, bytes, announcedBytes = 0, read, onRejection, answerBytes = 0 }: Delivery,
): Promise<Received> {
  const ticket = admission.open(actor.kind === 'key' ? actor.keyId : actor.name, announcedBytes)
  const received: Received = { records: 0, executions: 0, duplicates: 0 }
  const body = holding(bytes, ticket.hold)
  try {
    const shipper = { keyId: actor.kind === 'key' ? actor.keyId : null, name: actor.name }
    const [fileId, recogniser, keptFrom] = await Promise.all([
      openShipperFile(patientPool(), shipper, today(), protocol),
      currentRecogniser(patientPool()),
      keptFromUs(patientPool()),
    ])
    const batch = new Batch({ id: fileId, checkpoint: 0, finished: false }, recogniser, null, keptFrom)
    const flush = async () => {
      const { receipt, ...taken } = batch.take()
      // positions count the request's records, the file's go on from one request to the next
      const rejections = receipt.rejections.map((one) => ({
        ...one,
        position: one.position - received.records,
      }))
      const toStore = { ...receipt, rejections, appends: true, ahead: received.records }
      const counts = await ticket.write(() => writer.write({ ...taken, receipt: toStore }))
      received.records += receipt.records
      received.executions += counts.executions
      received.duplicates += counts.duplicates
      const all = [...receipt.rejections, ...counts.refused]
      for (const rejection of all) onRejection(rejection)
      await note(actor, receipt.records, summary(all))
    }
    for await (const { item, context } of read(body)) {
      ticket.keep(answerBytes)
      batch.add(item, context)
      if (batch.isFull() || ticket.isPressed()) await flush()
    }
    if (batch.recordsRead > received.records) await flush()
    return received
  } finally {
    ticket.close()
    // a reader that has seen enough leaves the rest where it is
    void body.return(undefined)
  }
}

async function* holding(
  bytes: AsyncIterable<Uint8Array>,
  hold: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hold(piece.length)
    yield piece
  }
}

async function note(actor: Actor, events: number, error: string | null): Promise<void> {
  if (actor.kind === 'key') await noteActivity(actor.keyId, events, error)
}

function summary([first, ...more]: readonly Rejection[]): string | null {
  if (first === undefined) return null
  return more.length === 0
    ? `a record could not be read: ${first.reason}`
    : `${more.length + 1} records could not be read, the first because: ${first.reason}`
}
