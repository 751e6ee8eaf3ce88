'use server'

import { redirect } from 'next/navigation'
import { actionResult } from '@/lib/http/action-result'
import { useAccountLink } from '@/lib/operations/account-links'

/** Uses an account's link; answers what is wrong, if anything. */
export async function choosePasswordAction(_previous: string | null, form: FormData): Promise<string | null> {
  const field = (name: string) => String(form.get(name) ?? '')
  const result = await actionResult(() => useAccountLink(field('token'), field('password')))
  if (!result.ok) return result.message
  redirect('/sign-in?ready')
}
