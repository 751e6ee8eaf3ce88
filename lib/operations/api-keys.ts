import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { toKeySecret } from '@/lib/access/actor-from-key'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { type Actor, KEY_SCOPES } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { hashSecret } from '@/lib/store/api-keys'
import { audited } from './audited'
import { checked } from './checked'

/** Enough to tell keys apart, too little to guess one. */
const PREFIX_LENGTH = 13

const NewKey = z.object({
  name: z.string().trim().min(1, 'Say what the key is for.').max(100),
  scopes: z.array(z.enum(KEY_SCOPES)).min(1, 'Choose at least one scope.'),
  /** Days until it stops working; null = until it is revoked. */
  days: z.int().min(1).max(3650).nullable().default(null),
})
export type NewKey = z.input<typeof NewKey>

/** Makes a key; answers its secret, which is shown once and stored hashed. */
export async function createApiKey(actor: Actor, submitted: NewKey): Promise<string> {
  requirePermission(actor, 'manage-keys')
  const { name, scopes, days } = checked(NewKey, submitted)
  const expiresAt = days === null ? null : new Date(now().getTime() + days * 86_400_000)
  const secret = toKeySecret(randomBytes(32))
  await audited(
    actor,
    (id: string) => ({
      action: 'key-created',
      subjectKind: 'key',
      subjectId: id,
      detail: { name, scopes, expiresAt: expiresAt?.toISOString() ?? null },
    }),
    async (tx) => {
      const key = await tx.apiKey.create({
        data: { name, scopes, expiresAt, prefix: secret.slice(0, PREFIX_LENGTH), hash: hashSecret(secret) },
      })
      return key.id
    },
  )
  return secret
}

/** @throws ExpectedError 'not-found' when there is no such key, or it is revoked already */
export async function revokeApiKey(actor: Actor, keyId: string): Promise<void> {
  requirePermission(actor, 'manage-keys')
  const id = checked(z.uuid(), keyId)
  await audited(actor, { action: 'key-revoked', subjectKind: 'key', subjectId: id }, async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: now() },
    })
    if (count === 0) throw new ExpectedError('not-found', 'There is no such key in use.')
  })
}
