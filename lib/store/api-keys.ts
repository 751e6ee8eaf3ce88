import { createHash } from 'node:crypto'
import { type Actor, KEY_SCOPES } from '@/lib/pipeline/actor'
import { prisma } from './prisma'

/** Last-used is written at most this often. */
const TOUCH_MS = 60_000

/** Keys and set-up tokens are 256 random bits: a plain hash is enough, and can be looked up. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** The actor of an API key that is neither revoked nor past its last day. */
export async function findKeyActor(secret: string, now: Date): Promise<Actor | null> {
  const key = await prisma().apiKey.findUnique({ where: { hash: hashSecret(secret) } })
  if (!key || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return null
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > TOUCH_MS) {
    await prisma().apiKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: now } })
  }
  return {
    kind: 'key',
    keyId: key.id,
    name: key.name,
    keyScopes: KEY_SCOPES.filter((scope) => key.scopes.includes(scope)),
    scope: { kind: 'all' },
  }
}
