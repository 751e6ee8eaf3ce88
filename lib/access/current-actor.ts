import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import { now } from '@/lib/clock'
import { type Action, actorMay } from '@/lib/pipeline/decision/permissions'
import type { AccountActor } from '@/lib/store/accounts'
import { findLiveSession, type LiveSession } from '@/lib/store/sessions'
import { auth } from './auth'

/** Set by proxy.ts: where to return after signing in. */
const PATH_HEADER = 'x-path'

/** The signed-in session, read from the database once a request: null when absent, revoked, expired or disabled. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const sessionId = (await auth())?.user?.id
  return sessionId ? await findLiveSession(sessionId, now()) : null
})

export async function currentActor(): Promise<AccountActor | null> {
  return (await currentSession())?.actor ?? null
}

/** For pages and server actions: sends strangers to sign in, and answers 403 without the permission. */
export async function requireActor(action: Action = 'view'): Promise<AccountActor> {
  return (await requireSession(action)).actor
}

/** Like `requireActor`, with the session's id and the account's preferences. */
export async function requireSession(action: Action = 'view'): Promise<LiveSession> {
  const session = await currentSession()
  if (!session) redirect(await signInPath())
  if (!actorMay(session.actor, action)) forbidden()
  return session
}

async function signInPath(): Promise<string> {
  const path = (await headers()).get(PATH_HEADER)
  return path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in'
}
