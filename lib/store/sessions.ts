import { type Preferences, parsePreferences } from '@/lib/pipeline/preferences'
import { type AccessPolicy, accessPolicy, DEFAULT_ACCESS_POLICY } from './access-policy'
import { type AccountActor, accountActor } from './accounts'
import { pool } from './pool'
import { type PrismaTransaction, prisma } from './prisma'
import { plannedRows, type Sql, sql } from './sql'

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

type Row = {
  last_seen_at: number
  proved_at: number
  method: SignInMethod
  account: { id: string; email: string; name: string; role: string }
  preferences: unknown
  has_two_step: boolean
  groups: number[]
  policy: AccessPolicy | null
}

/**
 * The account behind a session as it is now; null when revoked, expired, idle for too long or disabled. `byItself`: an open page asks, which is no use
 * that its person makes of it. Every page begins with it: it is one statement.
 */
export async function findLiveSession(
  sessionId: string,
  now: Date,
  { byItself = false }: { byItself?: boolean } = {},
): Promise<LiveSession | null> {
  const [row] = await plannedRows<Row>(
    pool(),
    sql`SELECT s.last_seen_at, s.proved_at, s.method, a.preferences, a.totp_since IS NOT NULL AS has_two_step,
          jsonb_build_object('id', a.id, 'email', a.email, 'name', a.name, 'role', a.role) AS account,
          ARRAY(SELECT g.group_id FROM account_host_group g WHERE g.account_id = a.id) AS groups,
          CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('twoStepRoles', p.two_step_roles, 'idleMinutes', p.idle_minutes,
            'sessionHours', p.session_hours, 'freshMinutes', p.fresh_minutes) END AS policy
        ${fromLiveSessions(now)} AND s.id = ${sessionId}::uuid`,
  )
  if (!row) return null
  if (!byItself && now.getTime() - toMs(row.last_seen_at) > TOUCH_MS) await touch(sessionId, now)
  const policy = accessPolicy(row.policy)
  const actor = accountActor({ ...row.account, hostGroups: row.groups.map((groupId) => ({ groupId })) })
  return {
    sessionId,
    actor,
    preferences: parsePreferences(row.preferences),
    method: row.method,
    freshUntil: freshUntil(new Date(toMs(row.proved_at)), policy, now),
    // whom a provider signs in gives their second factor there
    owesTwoStep: row.method !== 'oidc' && !row.has_two_step && policy.twoStepRoles.includes(actor.role),
  }
}

function toMs(us: number): number {
  return Math.floor(us / 1000)
}

/** A proof holds for some minutes; one that lies further ahead was written by a clock that was put back since, and says nothing. */
function freshUntil(provedAt: Date, { freshMinutes }: AccessPolicy, now: Date): Date {
  const holds = freshMinutes * MINUTE
  return provedAt.getTime() - now.getTime() > holds ? new Date(0) : new Date(provedAt.getTime() + holds)
}

/**
 * `FROM … WHERE …`: sessions `s` that still count, with their accounts `a` and the stored policy `p` that says so, or nothing. A shorter life holds for those that
 * are open already.
 */
export function fromLiveSessions(now: Date): Sql {
  const at = sql`${now.toISOString()}::timestamptz`
  const { idleMinutes, sessionHours } = DEFAULT_ACCESS_POLICY
  return sql`FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN access_policy p ON p.id = 1
    WHERE s.revoked_at IS NULL AND a.disabled_at IS NULL AND s.expires_at > ${at}
      AND s.last_seen_at > ${at} - coalesce(p.idle_minutes, ${idleMinutes}::int) * interval '1 minute'
      AND s.created_at > ${at} - coalesce(p.session_hours, ${sessionHours}::int) * interval '1 hour'`
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
