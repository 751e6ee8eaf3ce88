import { hash } from 'node:crypto'

/**
 * 64-bit content id: the first eight bytes of SHA-256 of the parts, as the signed decimal text PostgreSQL's bigint takes.
 * Cryptographic because attackers write the hashed text: nobody can aim a command line at a trusted pattern's id.
 * `null` parts differ from empty ones.
 */
export function hash64(...parts: readonly (string | number | null)[]): string {
  let text = ''
  for (const part of parts) text += part === null ? '\u0000n' : `\u0000v${part}`
  return hash('sha256', text, 'buffer').readBigInt64BE(0).toString()
}

/** SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}
