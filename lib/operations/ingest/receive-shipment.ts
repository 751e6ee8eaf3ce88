import { ExpectedError } from '@/lib/errors'
import { Calls, THREAD_FAILED, toSent } from '@/lib/operations/threads/calls'
import { hasThreads, startThread } from '@/lib/operations/threads/start-thread'
import { afterPages } from '@/lib/pages-under-way'
import type { Actor } from '@/lib/pipeline/actor'
import { patientPool } from '@/lib/store/pool'
import type { ShipmentMethods } from './ingest-thread'
import type { ShipmentNotes } from './shipment-notes'
import { SHIPMENTS, type Shipment, type ShipmentKind, type ShipmentOutcome } from './shipments'

type Holder = { cordonIngest?: { calls: Calls<ShipmentMethods> | null; lastId: number } }
/** One thread of the process: a web server's handlers are built apart, and each have a module of their own of this. */
const holder = globalThis as Holder
holder.cordonIngest ??= { calls: null, lastId: 0 }
const ingest = holder.cordonIngest

/**
 * Receives what a shipper sends, in a thread of its own: the one that answers pages only passes bytes on, as they are asked for and pages leave room. Answers
 * once all is committed.
 * @throws ExpectedError as the protocol's own function, and 'unavailable' where the thread ended: what is sent again is stored once
 */
export async function receiveShipment<K extends ShipmentKind>(
  kind: K,
  actor: Actor,
  bytes: AsyncGenerator<Uint8Array>,
  notes: ShipmentNotes = {},
): Promise<ShipmentOutcome<K>> {
  try {
    const outcome = hasThreads()
      ? await passOn({ kind, actor, notes }, bytes)
      : await SHIPMENTS[kind](actor, bytes, notes)
    return outcome as ShipmentOutcome<K>
  } catch (error) {
    throw (error as { code?: unknown } | null)?.code === THREAD_FAILED ? unavailable(error) : error
  }
}

async function passOn(shipment: Shipment, bytes: AsyncGenerator<Uint8Array>): Promise<unknown> {
  const calls = currentThread()
  const id = ++ingest.lastId
  try {
    let isWanted = await calls.call('open', { ...shipment, id })
    while (isWanted) {
      await afterPages()
      const piece = await nextPiece(bytes)
      const owned = piece instanceof Uint8Array ? [piece.buffer as ArrayBuffer] : []
      isWanted = await calls.call('feed', { id, piece }, owned)
    }
  } finally {
    // a receiver that has seen enough leaves the rest where it is
    void bytes.return(undefined)
  }
  return await calls.call('outcome', id)
}

/** With memory of its own, which goes to the other thread; or why there is none. */
async function nextPiece(bytes: AsyncGenerator<Uint8Array>) {
  try {
    const { done, value } = await bytes.next()
    return done ? null : new Uint8Array(value)
  } catch (error) {
    return toSent(error)
  }
}

/** The thread, started where there is none or the last one ended. Pages come before it. */
function currentThread(): Calls<ShipmentMethods> {
  if (ingest.calls !== null) return ingest.calls
  const thread = startThread(patientPool(), true)
  const calls = new Calls<ShipmentMethods>(thread)
  ingest.calls = calls
  thread.once('exit', () => {
    if (ingest.calls === calls) ingest.calls = null
  })
  // requests under way keep the process by their connections
  thread.unref()
  return calls
}

function unavailable(cause: unknown): ExpectedError {
  const message = 'Reading events was interrupted: send them again. What is stored already is stored once.'
  return new ExpectedError('unavailable', message, { cause })
}
