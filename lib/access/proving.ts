import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import { seal, unseal } from './sealed'
import { sessionCookie } from './session-cookie'

const PURPOSE = 'proving'
/** As long as the sign-in library lets a round trip take. */
const SECONDS = 15 * 60

function provingCookie() {
  const { name, options } = sessionCookie()
  return { name: name.replace('session', 'proving'), options: { ...options, maxAge: SECONDS } }
}

/** Notes in the browser that this round trip to the provider, by its state, was asked for as a proof: another one is none. */
export async function noteProving(address: string): Promise<void> {
  const state = URL.canParse(address) ? new URL(address).searchParams.get('state') : null
  if (state === null) return
  const { name, options } = provingCookie()
  const store = await cookies()
  store.set(name, seal(PURPOSE, state, PURPOSE), options)
}

/** Whether what the provider answers was asked for as a proof of who somebody is. */
export function isProving(request: NextRequest | undefined): boolean {
  const note = request?.cookies.get(provingCookie().name)?.value
  const state = request?.nextUrl.searchParams.get('state')
  return note !== undefined && !!state && unseal(PURPOSE, state, note) !== null
}
