import { today } from '@/lib/clock'
import { createApiKey } from '@/lib/operations/api-keys'
import { createAccount } from '@/lib/operations/create-account'
import { proposeDecision } from '@/lib/operations/decision/propose-decision'
import { saveDraft } from '@/lib/operations/decision/save-draft'
import { type Role, systemActor } from '@/lib/pipeline/actor'
import { addDays } from '@/lib/pipeline/days'
import { type BlockedEntry, refusalOf } from '@/lib/pipeline/decision/controls'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import type { AccountActor } from '@/lib/store/accounts'
import { prisma } from '@/lib/store/prisma'

const BENCH = systemActor('bench')

/** Of all of a benchmark's people. */
export const PASSWORD = 'cordon-bench-fleet'
export const emailOf = (name: string) => `${name}@bench.example`

export async function person(name: string, role: Role): Promise<AccountActor> {
  const email = emailOf(name)
  const accountId = await createAccount(BENCH, { email, name, role, password: PASSWORD })
  return { kind: 'account', accountId, email, name, role, scope: { kind: 'all' } }
}

export async function ingestKey(): Promise<string> {
  return await createApiKey(BENCH, { name: 'bench', scopes: ['ingest'] })
}

const BLOCK = { verdict: 'safe-to-block', effect: 'execution', control: 'app-control' } as const

/** Names of the binaries that `draftBlock` can be proposed of. */
export async function listBlockable(): Promise<string[]> {
  const entries = await prisma().catalogueEntry.findMany({
    where: { retiredAt: null },
    orderBy: { slug: 'asc' },
  })
  return entries
    .filter((entry) => refusalOf(BLOCK.effect, BLOCK.control, entry as BlockedEntry) === null)
    .map(({ slug }) => slug)
}

/** A draft of a block of the whole fleet; answers where it is. */
export async function draftBlock(by: AccountActor, slug: string): Promise<{ id: number; version: number }> {
  return await saveDraft(by, {
    slug,
    terms: {
      ...BLOCK,
      scope: { kind: 'fleet' },
      exceptions: [],
      rings: ONE_RING,
      justification: `Nobody needs ${slug}.`,
      ownerId: null,
      reviewOn: addDays(today(), 90),
      expiresOn: null,
      ticket: null,
    },
    target: null,
  })
}

/** The same, and that it waits for a manager. */
export async function propose(by: AccountActor, slug: string): Promise<number> {
  const draft = await draftBlock(by, slug)
  await proposeDecision(by, draft)
  return draft.id
}
