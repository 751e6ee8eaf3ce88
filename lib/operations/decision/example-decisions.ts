import { beforeAll, beforeEach } from 'vitest'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import type { DecisionTerms } from '@/lib/pipeline/decision/terms'
import type { AccountActor } from '@/lib/store/accounts'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { withTestDatabase } from '@/lib/store/test-database'
import { examplePerson } from '../example-person'
import { ingestExamples } from '../ingest/example-use'
import { recompute } from '../recompute/recompute'
import { proposeDecision } from './propose-decision'
import { saveDraft } from './save-draft'

/** One process of a test: mshta.exe unless said otherwise, at ten o'clock of a day in January 2026. */
export const exampleUse = (host: string, day: number, commandLine: string | null) => ({
  host,
  at: `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`,
  image: 'C:\\Windows\\System32\\mshta.exe',
  commandLine,
})

const PEOPLE = { ada: 'responder', ben: 'responder', mia: 'manager', max: 'manager', vic: 'viewer' } as const

/**
 * For the tests of a file: a database with three hosts, of which one used mshta.exe twice, without a decision before each test, and people: ada and
 * ben respond, mia and max manage, vic views. Answers who they are, by name.
 */
export function exampleFleet(): (name: string) => AccountActor {
  const people = new Map<string, AccountActor>()
  withTestDatabase()
  beforeAll(async () => {
    await ingestExamples(pool(), [
      exampleUse('ws-1', 5, 'mshta.exe C:\\Apps\\form.hta'),
      exampleUse('ws-1', 6, 'mshta.exe C:\\Apps\\form.hta'),
      { ...exampleUse('ws-2', 5, 'notepad.exe a.txt'), image: 'C:\\Windows\\System32\\notepad.exe' },
      { ...exampleUse('ws-3', 6, null), image: 'C:\\Windows\\System32\\notepad.exe' },
    ])
    await recompute(pool())
    for (const [name, role] of Object.entries(PEOPLE)) people.set(name, await examplePerson(name, role))
  })
  beforeEach(async () => {
    await pool().query('DELETE FROM decision')
  })
  return (name) => {
    const found = people.get(name)
    if (!found) throw new Error(name)
    return found
  }
}

export async function stateOf(id: number): Promise<string> {
  return (await prisma().decision.findUniqueOrThrow({ where: { id } })).state
}

/** What was done to a decision, the earliest first. */
export async function actionsOn(id: number): Promise<string[]> {
  const rows = await prisma().auditEntry.findMany({
    where: { subjectKind: 'decision', subjectId: String(id) },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ action }) => action)
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
  person: AccountActor,
  differing: Partial<DecisionTerms> = {},
  slug = 'mshta.exe',
): Promise<{ id: number; version: number }> {
  return await saveDraft(person, { slug, terms: exampleTerms(differing), target: null })
}

/** A proposal of a person's, at version 1. */
export async function exampleProposal(
  person: AccountActor,
  differing: Partial<DecisionTerms> = {},
  slug = 'mshta.exe',
): Promise<number> {
  const draft = await exampleDraft(person, differing, slug)
  await proposeDecision(person, draft)
  return draft.id
}
