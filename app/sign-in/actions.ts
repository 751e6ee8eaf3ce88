'use server'

import { redirect } from 'next/navigation'
import { AuthError, CredentialsSignin } from 'next-auth'
import { signIn } from '@/lib/access/auth'
import { ownPath } from '@/lib/http/own-path'
import { log } from '@/lib/log'

/**
 * Signs in and goes on to where the person wanted to be; answers what to tell them otherwise. A code that is missing is told like a wrong
 * password, so that nobody learns that a password was right.
 */
export async function signInAction(_previous: string | null, form: FormData): Promise<string | null> {
  const field = (name: string) => String(form.get(name) ?? '')
  try {
    await signIn('credentials', {
      email: field('email'),
      password: field('password'),
      code: field('code'),
      redirect: false,
    })
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return messageOf(error)
  }
  redirect(ownPath(form.get('next')))
}

/** Goes to the OpenID provider, and from there to where the person wanted to be. */
export async function providerSignInAction(form: FormData): Promise<void> {
  await signIn('oidc', { redirectTo: ownPath(form.get('next')) })
}

function messageOf(error: AuthError): string {
  if (error instanceof CredentialsSignin) {
    return error.code === 'too-many-attempts'
      ? 'Too many attempts. Wait 15 minutes, then try again.'
      : 'The e-mail address or the password is not right, or a code is needed too.'
  }
  log().error({ err: error }, 'sign-in failed')
  return 'Signing in did not work on our side; it was logged. Try again in a minute.'
}
