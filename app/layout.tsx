import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { currentSession } from '@/lib/access/current-actor'
import { parsePreferences } from '@/lib/pipeline/preferences'
import { THEME_COOKIE } from './theme-cookie'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Cordon', template: '%s · Cordon' },
  description: 'How each host uses the binaries attackers hide behind, and which of them can be blocked.',
  robots: { index: false, follow: false },
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // each page carries its own nonce, so none is made ahead of its request
  await headers()
  const { theme, density } = await chosenDisplay()
  return (
    <html lang="en" data-density={density} {...(theme !== 'system' && { 'data-theme': theme })}>
      <body>{children}</body>
    </html>
  )
}

/** As the account likes to read; before signing in, with the last theme used in this browser. */
async function chosenDisplay() {
  // while the database is away there is still a page to say so
  const session = await currentSession().catch(() => null)
  if (session) return session.preferences
  return parsePreferences({ theme: (await cookies()).get(THEME_COOKIE)?.value })
}
