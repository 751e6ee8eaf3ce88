import type { Role } from '@/lib/pipeline/actor'
import { type AccessPolicy, loadAccessPolicy } from '@/lib/store/access-policy'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { fromLiveSessions } from '@/lib/store/sessions'
import { rows, sql } from '@/lib/store/sql'

export type OwnSession = {
  id: string
  userAgent: string | null
  createdAt: number
  lastSeenAt: number
  current: boolean
}

/** The sessions of an account that still count, the present one first. Times in microseconds. */
export async function listOwnSessions(
  accountId: string,
  currentId: string,
  now: Date,
): Promise<OwnSession[]> {
  return await rows<OwnSession>(
    pool(),
    sql`SELECT s.id, s.user_agent AS "userAgent", s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", s.id = ${currentId}::uuid AS current
        ${fromLiveSessions(now)} AND s.account_id = ${accountId}::uuid
        ORDER BY s.id = ${currentId}::uuid DESC, s.last_seen_at DESC LIMIT 100`,
  )
}

export type AccountRow = {
  id: string
  email: string
  name: string
  role: string
  disabledAt: number | null
  createdAt: number
  lastSeenAt: number | null
  /** Empty = all hosts. */
  hostGroups: { id: number; name: string }[]
  /** How its person gets in: 'invited' has yet to choose a password. */
  signIn: 'invited' | 'password' | 'two-step' | 'single sign-on'
}

/** Every account, active ones first, by name. */
export async function listAccounts(): Promise<AccountRow[]> {
  const accounts = await prisma().account.findMany({
    orderBy: [{ disabledAt: { sort: 'desc', nulls: 'first' } }, { name: 'asc' }],
    include: {
      hostGroups: { include: { group: true } },
      sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1 },
    },
  })
  return accounts.map(({ id, email, name, role, disabledAt, createdAt, hostGroups, sessions, ...ways }) => ({
    id,
    email,
    name,
    role,
    disabledAt: disabledAt && toUs(disabledAt),
    createdAt: toUs(createdAt),
    lastSeenAt: sessions[0] ? toUs(sessions[0].lastSeenAt) : null,
    hostGroups: hostGroups.map(({ group }) => ({ id: group.id, name: group.name })),
    signIn: signInOf(ways),
  }))
}

type Ways = { oidcSubject: string | null; totpSince: Date | null; passwordHash: string | null }

function signInOf({ oidcSubject, totpSince, passwordHash }: Ways): AccountRow['signIn'] {
  if (oidcSubject !== null) return 'single sign-on'
  if (passwordHash === null) return 'invited'
  return totpSince === null ? 'password' : 'two-step'
}

export type OwnTwoStep = { since: number | null; recoveryCodesLeft: number; required: boolean }

/** The second step of one's own account. */
export async function findOwnTwoStep(accountId: string, role: Role): Promise<OwnTwoStep> {
  const [account, recoveryCodesLeft, policy] = await Promise.all([
    prisma().account.findUniqueOrThrow({ where: { id: accountId }, select: { totpSince: true } }),
    prisma().recoveryCode.count({ where: { accountId, usedAt: null } }),
    loadAccessPolicy(),
  ])
  const since = account.totpSince && toUs(account.totpSince)
  return { since, recoveryCodesLeft, required: policy.twoStepRoles.includes(role) }
}

/** How people sign in, for the administrator. */
export async function findAccessPolicy(): Promise<AccessPolicy> {
  return await loadAccessPolicy()
}

export type ApiKeyRow = {
  id: string
  name: string
  prefix: string
  scopes: string[]
  createdAt: number
  lastUsedAt: number | null
  revokedAt: number | null
  /** Null = until it is revoked. */
  expiresAt: number | null
  /** Records received in this minute and the one before. */
  recentEvents: number
  /** What was last wrong with what it sent. */
  lastError: string | null
  lastErrorAt: number | null
}

/** Every API key, those in use first, newest first. */
export async function listApiKeys(now: Date): Promise<ApiKeyRow[]> {
  const keys = await prisma().apiKey.findMany({
    orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
    include: { activity: true },
  })
  return keys.map(({ id, name, prefix, scopes, createdAt, lastUsedAt, revokedAt, expiresAt, activity }) => ({
    id,
    name,
    prefix,
    scopes,
    createdAt: toUs(createdAt),
    lastUsedAt: lastUsedAt && toUs(lastUsedAt),
    revokedAt: revokedAt && toUs(revokedAt),
    expiresAt: expiresAt && toUs(expiresAt),
    recentEvents: activity === null ? 0 : countRecent(activity, now),
    lastError: activity?.lastError ?? null,
    lastErrorAt: activity?.lastErrorAt ? toUs(activity.lastErrorAt) : null,
  }))
}

const MINUTE_MS = 60_000

function countRecent(
  { minute, events, eventsBefore }: { minute: Date; events: number; eventsBefore: number },
  now: Date,
): number {
  const minutesAgo = Math.floor((now.getTime() - minute.getTime()) / MINUTE_MS)
  if (minutesAgo > 1) return 0
  return minutesAgo === 1 ? events : events + eventsBefore
}

function toUs(date: Date): number {
  return date.getTime() * 1000
}
