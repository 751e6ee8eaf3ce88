import { setTimeout as delay } from 'node:timers/promises'
import { cookies, headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import { now } from '@/lib/clock'
import { noAnswer, toUnavailable } from '@/lib/errors'
import { type Action, actorMay } from '@/lib/pipeline/decision/permissions'
import { REFRESH_MARK } from '@/lib/pipeline/refresh-mark'
import type { AccountActor } from '@/lib/store/accounts'
import { findLiveSession, type LiveSession } from '@/lib/store/sessions'
import { auth } from './auth'
import { requireFresh } from './require-fresh'

/** Set by proxy.ts, of pages alone: where to return after signing in. */
const PATH_HEADER = 'x-path'
/** Next's own of a server action: something that somebody did. */
const ACTION_HEADER = 'next-action'
/** Where the second step is set up by who needs it. */
const TWO_STEP_PATH = '/two-step'

/** Each request begins by looking for its session: a database that takes longer does not answer, and whoever waits is told so. */
const PATIENCE_MS = 20_000

/**
 * The signed-in session, read from the database once a request: null when absent, revoked, expired or disabled.
 * `byItself`: whether an open page asks, which is no use of it: handlers say so, and never the request; a page is asked for its mark.
 * @throws ExpectedError 'unavailable' while the database is away
 */
export const currentSession = cache(async (byItself?: boolean): Promise<LiveSession | null> => {
  const sessionId = (await auth())?.user?.id
  if (!sessionId) return null
  const isIdle = byItself ?? (await isRefresh())
  const found = findLiveSession(sessionId, now(), { byItself: isIdle }).catch((error: unknown) => {
    throw toUnavailable(error) ?? error
  })
  const session = await Promise.race([found, delay(PATIENCE_MS, undefined, { ref: false })])
  if (session === undefined) throw noAnswer()
  return session
})

/** Whether an open page asks for itself anew, as it marks: never by an action, nor as a document, which somebody opens. Whoever sets the mark shortens their own session alone, and what they do counts all the same. */
async function isRefresh(): Promise<boolean> {
  if (!(await cookies()).has(REFRESH_MARK)) return false
  const sent = await headers()
  return !sent.has(ACTION_HEADER) && sent.get('sec-fetch-dest') !== 'document'
}

/** Whether a session still counts, asked by what outlives the request that found it. */
export async function isSessionLive({ sessionId }: LiveSession): Promise<boolean> {
  return (await findLiveSession(sessionId, now(), { byItself: true })) !== null
}

/** Whoever is signed in and has everything that their role asks of them. `byItself`: as currentSession has it. */
export async function currentActor(byItself?: boolean): Promise<AccountActor | null> {
  const session = await currentSession(byItself)
  return session === null || session.owesTwoStep ? null : session.actor
}

/** For pages and server actions: sends strangers to sign in, and answers 403 without the permission. */
export async function requireActor(action: Action = 'view'): Promise<AccountActor> {
  return (await requireSession(action)).actor
}

/** Like `requireActor`, with the session's id and the account's preferences. */
export async function requireSession(action: Action = 'view'): Promise<LiveSession> {
  const session = await requireAnySession()
  if (session.owesTwoStep) redirect(TWO_STEP_PATH)
  if (!actorMay(session.actor, action)) forbidden()
  return session
}

/** Also of who has yet to set up the second step: for setting it up. */
export async function requireAnySession(): Promise<LiveSession> {
  const session = await currentSession()
  if (!session) redirect(await signInPath())
  return session
}

/**
 * Like `requireActor`, for what a stolen session must not do: the person proved who they are in the last minutes. Called inside
 * `actionResult`, so that the page can ask for the proof and try again.
 * @throws ExpectedError 'stale-session'
 */
export async function requireFreshSession(action: Action): Promise<AccountActor> {
  return requireFresh(await requireSession(action))
}

async function signInPath(): Promise<string> {
  const path = (await headers()).get(PATH_HEADER)
  return path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in'
}
