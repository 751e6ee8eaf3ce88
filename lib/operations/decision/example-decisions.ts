import type { Actor, Role } from '@/lib/pipeline/actor'
import { systemActor } from '@/lib/pipeline/actor'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import type { DecisionTerms } from '@/lib/pipeline/decision/terms'
import { createAccount } from '../create-account'
import { proposeDecision } from './propose-decision'
import { saveDraft } from './save-draft'

type Person = Extract<Actor, { kind: 'account' }>

/** An account for a test, seeing every host. */
export async function examplePerson(name: string, role: Role): Promise<Person> {
  const email = `${name}@example.org`
  const accountId = await createAccount(systemActor('test'), {
    email,
    name,
    role,
    password: 'a long enough one',
  })
  return { kind: 'account', accountId, email, name, role, scope: { kind: 'all' } }
}

/** A complete block of the whole fleet; what is given differs. */
export function exampleTerms(differing: Partial<DecisionTerms> = {}): DecisionTerms {
  return {
    verdict: 'safe-to-block',
    effect: 'execution',
    control: 'applocker',
    scope: { kind: 'fleet' },
    exceptions: [],
    rings: ONE_RING,
    justification: 'Only one form needs it.',
    ownerId: null,
    reviewOn: '2099-01-01',
    expiresOn: null,
    ticket: null,
    ...differing,
  }
}

/** A draft of a person's; answers where it is. */
export async function exampleDraft(
  person: Person,
  differing: Partial<DecisionTerms> = {},
  slug = 'mshta.exe',
): Promise<{ id: number; version: number }> {
  return await saveDraft(person, { slug, terms: exampleTerms(differing), target: null })
}

/** A proposal of a person's, at version 1. */
export async function exampleProposal(
  person: Person,
  differing: Partial<DecisionTerms> = {},
  slug = 'mshta.exe',
): Promise<number> {
  const draft = await exampleDraft(person, differing, slug)
  await proposeDecision(person, draft)
  return draft.id
}
