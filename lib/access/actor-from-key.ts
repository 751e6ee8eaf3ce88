import { now } from '@/lib/clock'
import type { Actor } from '@/lib/pipeline/actor'
import { findKeyActor } from '@/lib/store/api-keys'

/** Every key starts like this, so that secret scanners and people recognise one. */
const KEY_PREFIX = 'cordon_'
const SECRET = /^cordon_[\w-]{43}$/
/** Longer headers hold no key of ours. */
const MAX_HEADER_LENGTH = 500

/** The key's actor from an Authorization header; null when absent, malformed, unknown or revoked. */
export async function actorFromKey(authorization: string | null): Promise<Actor | null> {
  const secret = findSecret(authorization ?? '')
  return secret === null ? null : await findKeyActor(secret, now())
}

/** `Bearer KEY` for our API; `Splunk KEY`; Elasticsearch's `ApiKey KEY`, `ApiKey base64(id:KEY)` and `Basic base64(user:KEY)`. */
function findSecret(header: string): string | null {
  if (header.length > MAX_HEADER_LENGTH) return null
  const [scheme = '', value = ''] = header.trim().split(/ +/)
  const decoded = Buffer.from(value, 'base64').toString('latin1').split(':').at(-1) ?? ''
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'splunk':
      return SECRET.test(value) ? value : null
    case 'apikey':
    case 'basic':
      return [value, decoded].find((candidate) => SECRET.test(candidate)) ?? null
    default:
      return null
  }
}

/** A new secret from 32 random bytes. */
export function toKeySecret(random: Uint8Array): string {
  return `${KEY_PREFIX}${Buffer.from(random).toString('base64url')}`
}
