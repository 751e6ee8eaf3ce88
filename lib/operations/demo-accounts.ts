import { env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import { ROLES, systemActor } from '@/lib/pipeline/actor'
import { createAccount } from './create-account'

/** One account a role, with a password that the sign-in page prints: for simulated data only. */
export const DEMO_PASSWORD = 'cordon-demo-fleet'
const NAMES = {
  viewer: 'Vera Viewer',
  responder: 'Rana Responder',
  manager: 'Milo Manager',
  admin: 'Ada Admin',
}
export const DEMO_ACCOUNTS = ROLES.map((role) => ({ role, name: NAMES[role], email: `${role}@demo.cordon` }))

/**
 * Makes the demo's accounts; those that exist are kept.
 * @throws ExpectedError 'forbidden' outside the demo: anybody knows the password
 */
export async function createDemoAccounts(): Promise<void> {
  if (!env('CORDON_DEMO'))
    throw new ExpectedError('forbidden', 'Demo accounts exist only with CORDON_DEMO=1.')
  for (const account of DEMO_ACCOUNTS) {
    await createAccount(systemActor('demo'), { ...account, password: DEMO_PASSWORD }).catch(
      (error: unknown) => {
        if (!(error instanceof ExpectedError && error.code === 'conflict')) throw error
      },
    )
  }
}
