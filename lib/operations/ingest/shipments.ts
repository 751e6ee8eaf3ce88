import type { Actor } from '@/lib/pipeline/actor'
import { ingestBulk } from './ingest-bulk'
import { ingestEvents } from './ingest-events'
import { ingestHecEvents, ingestHecRaw } from './ingest-hec'

/** How what shippers send is read. `host`: that of records which name none, where the protocol can say it. */
export const SHIPMENTS = {
  events: ingestEvents,
  bulk: ingestBulk,
  'hec-events': ingestHecEvents,
  'hec-raw': ingestHecRaw,
} satisfies Record<
  string,
  (actor: Actor, bytes: AsyncIterable<Uint8Array>, host: string | null) => Promise<unknown>
>

export type ShipmentKind = keyof typeof SHIPMENTS
export type ShipmentOutcome<K extends ShipmentKind> = Awaited<ReturnType<(typeof SHIPMENTS)[K]>>
export type Shipment = { kind: ShipmentKind; actor: Actor; host: string | null }
