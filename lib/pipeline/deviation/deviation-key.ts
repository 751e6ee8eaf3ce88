import { type Signature, subjectOf } from '@/lib/pipeline/baseline/signature'
import { hash64 } from '@/lib/pipeline/hash'

/** The item that a deviation belongs to: one pattern of one binary, however often and on however many hosts it occurs. */
export function deviationId(slug: string, subject: string): string {
  return hash64('deviation', slug, subject)
}

/** The item of a signature. */
export function deviationIdOf(signature: Signature): string {
  return deviationId(signature.slug, subjectOf(signature).value)
}
