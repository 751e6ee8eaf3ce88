import type { Role } from '@/lib/pipeline/actor'
import { emailOf, PASSWORD } from '../parts/people'

/** Signs in over HTTP, as the sign-in page does; answers the session's cookie. */
export async function signIn(baseUrl: string, role: Role): Promise<string> {
  const asked = await fetch(`${baseUrl}/api/auth/csrf`)
  const { csrfToken } = (await asked.json()) as { csrfToken: string }
  const answered = await fetch(`${baseUrl}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(asked) },
    body: new URLSearchParams({ csrfToken, email: emailOf(role), password: PASSWORD, code: '' }),
  })
  const cookie = cookiesOf(answered)
  if (!cookie.includes('cordon-session')) throw new Error(`${role} cannot sign in: ${answered.status}`)
  return cookie
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}
