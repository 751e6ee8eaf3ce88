import { z } from 'zod'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { type Actor, type Role, systemActor } from '@/lib/pipeline/actor'
import { storableText } from '@/lib/pipeline/storable-text'
import { loadAccessPolicy } from '@/lib/store/access-policy'
import { appendAudit } from '@/lib/store/audit'
import { type PrismaTransaction, prisma } from '@/lib/store/prisma'
import { noteRefusal } from '@/lib/store/refusals'
import { endSessions } from '@/lib/store/sessions'
import { networkOf } from './client-address'
import { roleOfGroups } from './oidc'
import { openSession, type SignInFrom } from './open-session'

/** What we read of an ID token, which the sign-in library has verified. */
const Claims = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1).max(255),
  email: z.email().max(320).toLowerCase().optional(),
  /** False = anybody may have typed the address; providers that keep addresses themselves leave it out. Some write it as a text. */
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
  /** Seconds since 1970 of when the person last proved who they are; providers owe it where max_age was asked for (OpenID Connect Core, 2). */
  auth_time: z.number().min(0).max(8e12).optional(),
  name: z.string().trim().max(200).transform(storableText).optional(),
})

/** Why a person whom the provider knows does not get in. */
export const REFUSALS = ['no-role', 'no-email', 'address-taken', 'disabled', 'no-proof'] as const
export type Refusal = (typeof REFUSALS)[number]

const LEAST_ROLE: Role = 'viewer'
const PROVIDER: Actor = systemActor('single sign-on')

/**
 * Opens a session for whom the provider vouches, with the role of their groups as they are now; makes the account when it is their first
 * time. An account that was made here is never taken over by a provider's word about its e-mail address. `toProve`: the provider was asked to
 * ask the person again, and a session that proves nothing more than theirs is none they want.
 */
export async function admitFromProvider(
  profile: Record<string, unknown>,
  from: SignInFrom,
  toProve = false,
): Promise<{ sessionId: string } | { refusal: Refusal }> {
  const claims = Claims.parse(profile)
  const role = roleOfGroups(groupsIn(profile))
  const account = await prisma().$transaction((tx) =>
    role === null ? turnAway(tx, claims) : accountFor(tx, claims, role),
  )
  const at = now()
  const who = { email: claims.email ?? null, address: networkOf(from.address) }
  if ('refusal' in account) {
    await noteRefusal('sign-ins-refused', who, at)
    return account
  }
  const provedAt = provedBy(claims, toProve, at)
  const { freshMinutes } = await loadAccessPolicy()
  if (toProve && at.getTime() - provedAt.getTime() > freshMinutes * 60_000) {
    await noteRefusal('proofs-refused', who, at)
    return { refusal: 'no-proof' }
  }
  return { sessionId: await openSession(account.id, from, { method: 'oidc', provedAt }, at) }
}

/**
 * When the person last proved who they are. A provider's own session lets a browser in without asking anybody, which is no proof: without its word
 * nothing is known, unless it is said to do as it is asked.
 */
function provedBy({ auth_time }: z.output<typeof Claims>, toProve: boolean, at: Date): Date {
  if (auth_time !== undefined) return new Date(Math.min(at.getTime(), auth_time * 1000))
  return toProve && env('OIDC_PROMPT_PROVES') ? at : new Date(0)
}

function groupsIn(profile: Record<string, unknown>): string[] {
  const groups = z.union([z.string(), z.array(z.string())]).safeParse(profile[env('OIDC_GROUPS_CLAIM')])
  return groups.success ? [groups.data].flat() : []
}

async function accountFor(
  tx: PrismaTransaction,
  { iss, sub, email, email_verified, name }: z.output<typeof Claims>,
  role: Role,
): Promise<{ id: string } | { refusal: Refusal }> {
  const oidcSubject = `${iss} ${sub}`
  const known = await tx.account.findUnique({ where: { oidcSubject } })
  if (known !== null) return await keepUp(tx, known, role)
  if (email === undefined || email_verified === false) return { refusal: 'no-email' }
  const made = await tx.account.createMany({
    data: [{ email, name: name || email, role, passwordHash: null, oidcSubject }],
    skipDuplicates: true,
  })
  const { id, ...account } = await tx.account.findUniqueOrThrow({ where: { email } })
  if (made.count === 0 && account.oidcSubject !== oidcSubject) return { refusal: 'address-taken' }
  if (made.count > 0) await note(tx, 'account-created', id, { email, name: account.name, role })
  return { id }
}

/** Whose groups give them no role any more is not left with what an earlier sign-in gave them: no session, and the least role, which decides on nothing and has nothing sent. */
async function turnAway(
  tx: PrismaTransaction,
  { iss, sub }: z.output<typeof Claims>,
): Promise<{ refusal: Refusal }> {
  const known = await tx.account.findUnique({ where: { oidcSubject: `${iss} ${sub}` } })
  if (known === null) return { refusal: 'no-role' }
  const reason = 'none of their groups has a role any more'
  if (known.role !== LEAST_ROLE) {
    await tx.account.update({ where: { id: known.id }, data: { role: LEAST_ROLE } })
    await note(tx, 'account-role-changed', known.id, { role: LEAST_ROLE, reason })
  }
  if ((await endSessions(tx, known.id, now())) > 0) await note(tx, 'account-signed-out', known.id, { reason })
  return { refusal: 'no-role' }
}

async function keepUp(
  tx: PrismaTransaction,
  account: { id: string; role: string; disabledAt: Date | null },
  role: Role,
): Promise<{ id: string } | { refusal: Refusal }> {
  if (account.disabledAt !== null) return { refusal: 'disabled' }
  if (account.role !== role) {
    await tx.account.update({ where: { id: account.id }, data: { role } })
    await note(tx, 'account-role-changed', account.id, { role })
  }
  return { id: account.id }
}

async function note(
  tx: PrismaTransaction,
  action: string,
  subjectId: string,
  detail: Record<string, string>,
) {
  await appendAudit(tx, PROVIDER, { action, subjectKind: 'account', subjectId, detail }, now())
}
