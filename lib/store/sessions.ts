import { type Preferences, parsePreferences } from '@/lib/pipeline/preferences'
import { type AccessPolicy, loadAccessPolicy } from './access-policy'
import { type AccountActor, accountActor } from './accounts'
import { type PrismaTransaction, prisma } from './prisma'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Last-seen is written at most this often. */
const TOUCH_MS = MINUTE

/** How whoever opened a session proved who they are. */
export type SignInMethod = 'password' | 'two-step' | 'oidc'

export type LiveSession = {
  sessionId: string
  actor: AccountActor
  preferences: Preferences
  method: SignInMethod
  /** Until when what needs a recent proof of who somebody is needs no other. */
  freshUntil: Date
  /** Their role needs the second step, and they have not set it up. */
  owesTwoStep: boolean
}

/** Opens a session; answers its id. `provedAt`: when its person proved who they are, where that was not now; `hours`: until it is over, however busy. */
export async function createSession(
  tx: PrismaTransaction,
  accountId: string,
  {
    userAgent,
    method,
    provedAt,
    hours,
  }: { userAgent: string | null; method: SignInMethod; provedAt?: Date; hours: number },
  now: Date,
): Promise<string> {
  const session = await tx.session.create({
    data: {
      accountId,
      method,
      createdAt: now,
      lastSeenAt: now,
      provedAt: provedAt ?? now,
      expiresAt: new Date(now.getTime() + hours * HOUR),
      userAgent: userAgent?.slice(0, 300).replaceAll('\u0000', '') ?? null,
    },
  })
  return session.id
}

/**
 * The account behind a session as it is now; null when revoked, expired, idle for too long or disabled. `byItself`: an open page asks, which is no use
 * that its person makes of it.
 */
export async function findLiveSession(
  sessionId: string,
  now: Date,
  { byItself = false }: { byItself?: boolean } = {},
): Promise<LiveSession | null> {
  const policy = await loadAccessPolicy()
  const session = await prisma().session.findFirst({
    where: { id: sessionId, ...live(policy, now), account: { disabledAt: null } },
    include: { account: { include: { hostGroups: true } } },
  })
  if (!session) return null
  if (!byItself && now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) await touch(sessionId, now)
  const actor = accountActor(session.account)
  const method = session.method as SignInMethod
  return {
    sessionId,
    actor,
    preferences: parsePreferences(session.account.preferences),
    method,
    freshUntil: freshUntil(session.provedAt, policy, now),
    // whom a provider signs in gives their second factor there
    owesTwoStep:
      method !== 'oidc' && session.account.totpSince === null && policy.twoStepRoles.includes(actor.role),
  }
}

/** A proof holds for some minutes; one that lies further ahead was written by a clock that was put back since, and says nothing. */
function freshUntil(provedAt: Date, { freshMinutes }: AccessPolicy, now: Date): Date {
  const holds = freshMinutes * MINUTE
  return provedAt.getTime() - now.getTime() > holds ? new Date(0) : new Date(provedAt.getTime() + holds)
}

/** Condition on a session that still counts. A shorter life holds for those that are open already. */
export function live({ idleMinutes, sessionHours }: AccessPolicy, now: Date) {
  const since = (ms: number) => new Date(now.getTime() - ms)
  return {
    revokedAt: null,
    expiresAt: { gt: now },
    lastSeenAt: { gt: since(idleMinutes * MINUTE) },
    createdAt: { gt: since(sessionHours * HOUR) },
  }
}

async function touch(sessionId: string, now: Date): Promise<void> {
  await prisma().session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } })
}

/** Ends the sessions of an account, all but one where it is named. */
export async function endSessions(
  tx: PrismaTransaction,
  accountId: string,
  now: Date,
  keepSessionId: string | null = null,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { accountId, revokedAt: null, ...(keepSessionId !== null && { id: { not: keepSessionId } }) },
    data: { revokedAt: now },
  })
  return count
}

/** The person behind a session proved again who they are. */
export async function markProved(sessionId: string, now: Date): Promise<void> {
  await prisma().session.updateMany({ where: { id: sessionId }, data: { provedAt: now } })
}
