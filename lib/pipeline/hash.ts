import { createHash } from 'node:crypto'

/**
 * 64-bit content id: the first eight bytes of SHA-256 of the parts, as the signed decimal text PostgreSQL's bigint takes.
 * Cryptographic because attackers write the hashed text: nobody can aim a command line at a trusted pattern's id.
 * `null` parts differ from empty ones.
 */
export function hash64(...parts: readonly (string | number | null)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part === null ? '\u0000n' : `\u0000v${part}`)
  return hash.digest().readBigInt64BE(0).toString()
}
