import { LRUCache } from 'lru-cache'
import type { Signature } from '@/lib/pipeline/baseline/signature'

/** Bytes for all of them together: whoever writes a log chooses how many there are, and how long. */
export const MOST_BYTES = 96 * 1024 * 1024
/** What an object of some twenty members holds besides its texts. */
const OBJECT_BYTES = 1024

/** Signatures by id, as many as a fleet has in use: some 50,000. Those that were longest not asked for make room. */
export function signatureCache(): LRUCache<string, Signature> {
  return new LRUCache({
    maxSize: MOST_BYTES,
    sizeCalculation: (signature) => OBJECT_BYTES + JSON.stringify(signature).length,
  })
}
