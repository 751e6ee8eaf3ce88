'use server'

import { redirect } from 'next/navigation'
import { actionResult } from '@/lib/http/action-result'
import { createFirstAdmin } from '@/lib/operations/first-run'

/** Uses the set-up link; answers what is wrong, if anything. */
export async function setUpAction(_previous: string | null, form: FormData): Promise<string | null> {
  const field = (name: string) => String(form.get(name) ?? '')
  const result = await actionResult(() =>
    createFirstAdmin(field('token'), {
      name: field('name'),
      email: field('email'),
      password: field('password'),
    }),
  )
  if (!result.ok) return result.message
  redirect('/sign-in?ready')
}
