import { hash, verify } from '@node-rs/argon2'

/** argon2id (the library's default), OWASP's second parameter set: 19 MiB, two passes. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
export const MIN_PASSWORD_LENGTH = 12
export const MAX_PASSWORD_LENGTH = 200

export async function hashPassword(password: string): Promise<string> {
  return await hash(password, OPTIONS)
}

let decoy: Promise<string> | null = null

/** Takes the same time when there is no such account (`storedHash` null), so that nobody learns which exist. */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const against = storedHash ?? (await decoy)
  const matches = await verify(against, password).catch(() => false)
  return matches && storedHash !== null
}
