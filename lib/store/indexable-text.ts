import { hash64 } from '@/lib/pipeline/hash'
import { storableText } from '@/lib/pipeline/storable-text'

/** An index takes 2704 bytes. */
const MAX_BYTES = 2000
/** As many characters take fewer bytes than that, whatever they are. */
const SURE_LENGTH = 660
const END = 200

/** A text as an index can hold it, however long its writer made it: a long one keeps its beginning and its end, and stays different from others. */
export function indexableText(text: string): string {
  if (text.length <= SURE_LENGTH || Buffer.byteLength(text) <= MAX_BYTES) return text
  return storableText(`${text.slice(0, END)} … ${hash64('path', text)} … ${text.slice(-END)}`)
}
