import { createApiKey } from '@/lib/operations/api-keys'
import { createAccount } from '@/lib/operations/create-account'
import { proposeDecision } from '@/lib/operations/decision/propose-decision'
import { saveDraft } from '@/lib/operations/decision/save-draft'
import { type Role, systemActor } from '@/lib/pipeline/actor'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import type { AccountActor } from '@/lib/store/accounts'

const BENCH = systemActor('bench')

export async function person(name: string, role: Role): Promise<AccountActor> {
  const email = `${name}@bench.example`
  const accountId = await createAccount(BENCH, { email, name, role, password: `${name} has a password` })
  return { kind: 'account', accountId, email, name, role, scope: { kind: 'all' } }
}

export async function ingestKey(): Promise<string> {
  return await createApiKey(BENCH, { name: 'bench', scopes: ['ingest'] })
}

/** A block of the whole fleet that waits for a manager. */
export async function propose(by: AccountActor, slug: string): Promise<number> {
  const terms = {
    verdict: 'safe-to-block',
    effect: 'execution',
    control: 'applocker',
    scope: { kind: 'fleet' },
    exceptions: [],
    rings: ONE_RING,
    justification: 'For the benchmark.',
    ownerId: null,
    reviewOn: '2099-01-01',
    expiresOn: null,
    ticket: null,
  } as const
  const draft = await saveDraft(by, {
    slug,
    terms: { ...terms, exceptions: [], rings: [...ONE_RING] },
    target: null,
  })
  await proposeDecision(by, draft)
  return draft.id
}
