import NextAuth, { CredentialsSignin } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { SESSION_DAYS } from '@/lib/store/sessions'
import { verifyCredentials } from './verify-credentials'

class TooManyAttempts extends CredentialsSignin {
  override code = 'too-many-attempts'
}

const passwordProvider = Credentials({
  credentials: { email: {}, password: {} },
  async authorize(submitted, request) {
    const result = await verifyCredentials(submitted, {
      // the last one is what the proxy in front of us saw; those before it are whatever the client wrote
      address: request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown',
      userAgent: request.headers.get('user-agent'),
    })
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

/** The cookie carries a session's id and nothing else: who that is, and whether it still counts, is read at each request. */
export const { handlers, auth, signIn, signOut } = NextAuth(() => ({
  secret: env('AUTH_SECRET'),
  trustHost: true,
  pages: { signIn: '/sign-in', error: '/sign-in' },
  session: { strategy: 'jwt', maxAge: SESSION_DAYS * 86_400 },
  providers: [passwordProvider],
  callbacks: {
    jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
    session: ({ session, token }) => ({ expires: session.expires, user: { id: token.sub ?? '' } }),
  },
  logger: {
    // a wrong password is not an error of ours
    error: (error) =>
      error instanceof CredentialsSignin ? undefined : log().error({ err: error }, 'sign-in'),
    warn: (code) => log().debug({ code }, 'sign-in'),
    debug: () => undefined,
  },
}))
