'use server'

import { redirect } from 'next/navigation'
import { AuthError, CredentialsSignin } from 'next-auth'
import { signIn } from '@/lib/access/auth'
import { ownPath } from '@/lib/http/own-path'
import { log } from '@/lib/log'

/** Signs in and goes on to where the person wanted to be; answers what to tell them otherwise. */
export async function signInAction(_previous: string | null, form: FormData): Promise<string | null> {
  try {
    await signIn('credentials', { email: form.get('email'), password: form.get('password'), redirect: false })
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return messageOf(error)
  }
  redirect(ownPath(form.get('next')))
}

function messageOf(error: AuthError): string {
  if (error instanceof CredentialsSignin) {
    return error.code === 'too-many-attempts'
      ? 'Too many attempts. Wait 15 minutes, then try again.'
      : 'The e-mail address or the password is not right.'
  }
  log().error({ err: error }, 'sign-in failed')
  return 'Signing in did not work on our side; it was logged. Try again in a minute.'
}
