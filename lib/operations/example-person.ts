import { type Role, type Scope, systemActor } from '@/lib/pipeline/actor'
import type { AccountActor } from '@/lib/store/accounts'
import { createAccount } from './create-account'

/** An account for a test, seeing every host unless said otherwise. */
export async function examplePerson(
  name: string,
  role: Role,
  scope: Scope = { kind: 'all' },
): Promise<AccountActor> {
  const email = `${name.toLowerCase()}@example.org`
  const accountId = await createAccount(systemActor('test'), {
    email,
    name,
    role,
    password: 'a long enough one',
  })
  return { kind: 'account', accountId, email, name, role, scope }
}
