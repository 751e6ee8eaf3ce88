import { type Preferences, parsePreferences } from '@/lib/pipeline/preferences'
import { type AccountActor, accountActor } from './accounts'
import { prisma } from './prisma'

const HOUR = 3_600_000
/** A session nobody used for this long is over. */
const IDLE_MS = 8 * HOUR
/** However busy, sign in again after this long. */
export const SESSION_DAYS = 7
/** Last-seen is written at most this often. */
const TOUCH_MS = 60_000

export type LiveSession = { sessionId: string; actor: AccountActor; preferences: Preferences }

/** Opens a session; answers its id. */
export async function createSession(accountId: string, userAgent: string | null, now: Date): Promise<string> {
  const expiresAt = new Date(now.getTime() + SESSION_DAYS * 24 * HOUR)
  const session = await prisma().session.create({
    data: {
      accountId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
      userAgent: userAgent?.slice(0, 300).replaceAll('\u0000', '') ?? null,
    },
  })
  return session.id
}

/** The account behind a session as it is now; null when revoked, expired, idle for too long or disabled. */
export async function findLiveSession(sessionId: string, now: Date): Promise<LiveSession | null> {
  const session = await prisma().session.findFirst({
    where: { id: sessionId, ...live(now), account: { disabledAt: null } },
    include: { account: { include: { hostGroups: true } } },
  })
  if (!session) return null
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) await touch(sessionId, now)
  return {
    sessionId,
    actor: accountActor(session.account),
    preferences: parsePreferences(session.account.preferences),
  }
}

/** Condition on a session that still counts. */
export function live(now: Date) {
  const idleSince = new Date(now.getTime() - IDLE_MS)
  return { revokedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: idleSince } }
}

async function touch(sessionId: string, now: Date): Promise<void> {
  await prisma().session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } })
}
