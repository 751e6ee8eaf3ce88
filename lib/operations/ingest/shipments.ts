import type { Actor } from '@/lib/pipeline/actor'
import { ingestBulk } from './ingest-bulk'
import { ingestEvents } from './ingest-events'
import { ingestHecEvents, ingestHecRaw } from './ingest-hec'
import type { ShipmentNotes } from './shipment-notes'

/** How what shippers send is read. */
export const SHIPMENTS = {
  events: ingestEvents,
  bulk: ingestBulk,
  'hec-events': ingestHecEvents,
  'hec-raw': ingestHecRaw,
} satisfies Record<
  string,
  (actor: Actor, bytes: AsyncIterable<Uint8Array>, notes: ShipmentNotes) => Promise<unknown>
>

export type ShipmentKind = keyof typeof SHIPMENTS
export type ShipmentOutcome<K extends ShipmentKind> = Awaited<ReturnType<(typeof SHIPMENTS)[K]>>
export type Shipment = { kind: ShipmentKind; actor: Actor; notes: ShipmentNotes }
