import { z } from 'zod'
import { baseUrl, env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import { ROLES, type Role } from '@/lib/pipeline/actor'

const DISCOVERY_MS = 5000

export type OidcSettings = { issuer: string; clientId: string; clientSecret: string | undefined }

/** The OpenID provider that people may sign in with; null = none is set up. @throws ExpectedError 'unavailable' when it is set up by half */
export function oidcSettings(): OidcSettings | null {
  const issuer = env('OIDC_ISSUER')
  if (issuer === undefined) return null
  const clientId = env('OIDC_CLIENT_ID')
  if (clientId === undefined)
    throw new ExpectedError('unavailable', 'OIDC_ISSUER is set, and OIDC_CLIENT_ID is not.')
  return { issuer, clientId, clientSecret: env('OIDC_CLIENT_SECRET') }
}

/** The strongest role that a person's groups have; null = none of them has one. */
export function roleOfGroups(groups: readonly string[]): Role | null {
  const theirs = env('OIDC_ROLES').filter(({ group }) => group === '*' || groups.includes(group))
  return ROLES.findLast((role) => theirs.some((one) => one.role === role)) ?? null
}

/** Where the provider ends its own session and sends the browser back here (RP-Initiated Logout 1.0); null where it has no such place. */
export async function providerLogoutUrl(): Promise<string | null> {
  const settings = oidcSettings()
  if (settings === null) return null
  const address = `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const document = await fetch(address, { signal: AbortSignal.timeout(DISCOVERY_MS) })
    .then((answer) => answer.json())
    .catch(() => null)
  const read = z.object({ end_session_endpoint: z.url() }).safeParse(document)
  if (!read.success) return null
  const url = new URL(read.data.end_session_endpoint)
  url.searchParams.set('client_id', settings.clientId)
  url.searchParams.set('post_logout_redirect_uri', `${baseUrl()}/sign-in`)
  return url.toString()
}
