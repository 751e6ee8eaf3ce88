import type { Refusal } from '@/lib/access/admit-from-provider'

const WORDS: Record<Refusal, string> = {
  'no-role':
    'You were recognised, but none of your groups has a role here. Ask an administrator which group to join.',
  'no-email':
    'You were recognised, but the provider did not tell or has not verified your e-mail address, which an account needs.',
  'address-taken':
    'Your e-mail address has an account of its own here. Sign in with its password, or ask an administrator.',
  'no-proof':
    'Nothing was confirmed: the provider let you in without asking for your password, or does not say when it asked (auth_time). An administrator can have it say so: the security guide tells how.',
  disabled: 'Your account is disabled. Ask an administrator if you need it.',
}

/** What to tell somebody whom the OpenID provider sent back without a session. */
export function refusalWords(code: string): string {
  return Object.hasOwn(WORDS, code)
    ? WORDS[code as Refusal]
    : 'Signing in did not work; it was logged. Try again, or tell an administrator.'
}
