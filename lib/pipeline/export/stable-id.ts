import { sha256 } from '@/lib/pipeline/hash'

/**
 * A GUID of what it names, lower-case without braces: the same parts give the same GUID for ever. In the form of RFC 9562's version 8 (own
 * scheme): SHA-256 of the parts with version and variant set.
 */
export function stableId(...parts: readonly (string | number)[]): string {
  const digest = sha256(['cordon', ...parts].join('\u0000'))
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')
}
