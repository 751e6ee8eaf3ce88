import type { ThreadStart } from '@/lib/operations/threads/start-thread'
import { createPool } from '@/lib/store/pool'
import { PartReader } from './part-reader'

/** What a thread that reads files answers. */
export type PartMethods = Pick<PartReader, 'read' | 'write'>

export function partMethods({ connectionString, connections }: ThreadStart): PartMethods {
  const reader = new PartReader(createPool(connectionString, connections))
  return { read: (order) => reader.read(order), write: (order) => reader.write(order) }
}
