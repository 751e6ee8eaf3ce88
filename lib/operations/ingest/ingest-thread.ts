import type { ThreadStart } from '@/lib/operations/threads/start-thread'
import { goBehindPages } from '@/lib/priority'
import { createPool, limitIdleTransactions } from '@/lib/store/pool'
import { PartReader } from './part-reader'
import { ShipmentReceiver } from './shipment-receiver'

/** What a thread answers that reads parts of files, and one that receives shipments. */
export type PartMethods = Pick<PartReader, 'read' | 'write'>
export type ShipmentMethods = Pick<ShipmentReceiver, 'open' | 'feed' | 'outcome'>

/** Of what reads parts: one for what is stored, one for what is looked up meanwhile. */
const CONNECTIONS = 2

/** A thread may do either: what it does not do costs nothing. */
export function ingestMethods({ connectionString, behindPages }: ThreadStart) {
  if (behindPages) void goBehindPages()
  limitIdleTransactions()
  let reader: PartReader | null = null
  const parts = () => (reader ??= new PartReader(createPool(connectionString, CONNECTIONS)))
  const receiver = new ShipmentReceiver()
  return {
    read: (order) => parts().read(order),
    write: (order) => parts().write(order),
    open: (order) => receiver.open(order),
    feed: (order) => receiver.feed(order),
    outcome: (id) => receiver.outcome(id),
  } satisfies PartMethods & ShipmentMethods
}
