import NextAuth, { CredentialsSignin } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { admitFromProvider } from './admit-from-provider'
import { clientAddress } from './client-address'
import { closeSession } from './close-session'
import { oidcSettings } from './oidc'
import type { SignInFrom } from './open-session'
import { isProving } from './proving'
import { overTls, sessionCookie } from './session-cookie'
import { verifyCredentials } from './verify-credentials'

/** Longer than any session: how long one lives is in the database, and may be made shorter. */
const COOKIE_SECONDS = 31 * 86_400

class TooManyAttempts extends CredentialsSignin {
  override code = 'too-many-attempts'
}

function fromOf(headers: Headers): SignInFrom {
  return { address: clientAddress(headers), userAgent: headers.get('user-agent') }
}

const passwordProvider = Credentials({
  credentials: { email: {}, password: {}, code: {} },
  async authorize(submitted, request) {
    const result = await verifyCredentials(submitted, fromOf(request.headers))
    switch (result.kind) {
      case 'signed-in':
        // next-auth copies a user's id into the cookie: there it stands for our session, not for the account
        return { id: result.sessionId }
      case 'refused':
        return null
      case 'too-many-attempts':
        throw new TooManyAttempts()
    }
  },
})

function openIdProvider() {
  const settings = oidcSettings()
  if (settings === null) return []
  const { issuer, clientId, clientSecret } = settings
  return [
    {
      id: 'oidc',
      name: env('OIDC_NAME'),
      type: 'oidc' as const,
      issuer,
      clientId,
      // a public client has no secret: PKCE stands in for it
      ...(clientSecret === undefined ? { client: { token_endpoint_auth_method: 'none' } } : { clientSecret }),
      checks: ['pkce' as const, 'state' as const, 'nonce' as const],
      authorization: { params: { scope: env('OIDC_SCOPE') } },
    },
  ]
}

/** The cookie carries a session's id and nothing else: who that is, and whether it still counts, is read at each request. */
export const { handlers, auth, signIn, signOut } = NextAuth((request) => ({
  secret: env('AUTH_SECRET'),
  trustHost: true,
  pages: { signIn: '/sign-in', error: '/sign-in' },
  session: { strategy: 'jwt', maxAge: COOKIE_SECONDS },
  useSecureCookies: overTls(),
  cookies: { sessionToken: sessionCookie() },
  providers: [passwordProvider, ...openIdProvider()],
  callbacks: {
    async signIn({ user, account, profile }) {
      if (account?.provider !== 'oidc') return true
      const from = fromOf(request?.headers ?? new Headers())
      const admitted = await admitFromProvider(profile ?? {}, from, isProving(request))
      if ('refusal' in admitted) return `/sign-in?error=${admitted.refusal}`
      user.id = admitted.sessionId
      return true
    },
    jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
    session: ({ session, token }) => ({ expires: session.expires, user: { id: token.sub ?? '' } }),
  },
  events: {
    // the library's own address for signing out takes the cookie only, and a copy of it would go on
    async signOut(message) {
      if ('token' in message && message.token?.sub) await closeSession(message.token.sub)
    },
  },
  logger: {
    // a wrong password is not an error of ours
    error: (error) =>
      error instanceof CredentialsSignin ? undefined : log().error({ err: error }, 'sign-in'),
    warn: (code) => log().debug({ code }, 'sign-in'),
    debug: () => undefined,
  },
}))
