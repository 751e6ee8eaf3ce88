'use server'

import { cookies } from 'next/headers'
import { signOut } from '@/lib/access/auth'
import { requireActor, requireSession } from '@/lib/access/current-actor'
import { savePreferences } from '@/lib/operations/change-own-account'
import { endSession } from '@/lib/operations/end-session'
import type { Preferences } from '@/lib/pipeline/preferences'
import { THEME_COOKIE, THEME_COOKIE_SECONDS } from '../theme-cookie'

export async function savePreferencesAction(preferences: Preferences): Promise<void> {
  const saved = await savePreferences(await requireActor(), preferences)
  const store = await cookies()
  store.set(THEME_COOKIE, saved.theme, { maxAge: THEME_COOKIE_SECONDS, sameSite: 'lax', httpOnly: true })
}

export async function signOutAction(): Promise<void> {
  const { actor, sessionId } = await requireSession()
  await endSession(actor, sessionId)
  await signOut({ redirectTo: '/sign-in' })
}
