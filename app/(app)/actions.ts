'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { signIn, signOut } from '@/lib/access/auth'
import { requireActor, requireSession } from '@/lib/access/current-actor'
import { providerLogoutUrl } from '@/lib/access/oidc'
import { noteProving } from '@/lib/access/proving'
import { overTls } from '@/lib/access/session-cookie'
import { ownPath } from '@/lib/http/own-path'
import { savePreferences } from '@/lib/operations/change-own-account'
import { endSession } from '@/lib/operations/end-session'
import type { Preferences } from '@/lib/pipeline/preferences'
import { THEME_COOKIE, THEME_COOKIE_SECONDS } from '../theme-cookie'

export async function savePreferencesAction(preferences: Preferences): Promise<void> {
  const saved = await savePreferences(await requireActor(), preferences)
  const store = await cookies()
  const options = { sameSite: 'lax', httpOnly: true, secure: overTls() } as const
  store.set(THEME_COOKIE, saved.theme, { ...options, maxAge: THEME_COOKIE_SECONDS })
}

/** Signing out of a provider's session ends it there too, where it offers that. */
export async function signOutAction(): Promise<void> {
  const { actor, sessionId, method } = await requireSession()
  await endSession(actor, sessionId)
  await signOut({ redirect: false })
  redirect((method === 'oidc' ? await providerLogoutUrl() : null) ?? '/sign-in')
}

/** For who signed in with a provider: asks it for a fresh sign-in, and comes back to a path of ours. */
export async function proveElsewhereAction(path: string): Promise<void> {
  await requireSession()
  const asked = { prompt: 'login', max_age: '0' }
  const address: string = await signIn('oidc', { redirectTo: ownPath(path), redirect: false }, asked)
  await noteProving(address)
  redirect(address)
}
