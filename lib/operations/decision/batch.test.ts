import { describe, expect, test } from 'vitest'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { ingestExamples } from '../ingest/example-use'
import { recompute } from '../recompute/recompute'
import { decide } from './decide'
import { decideBatch } from './decide-batch'
import { actionsOn, exampleDraft, exampleFleet, exampleProposal, exampleUse } from './example-decisions'
import { proposeBatch } from './propose-batch'
import { proposeDecision } from './propose-decision'

const actor = exampleFleet()

describe('in bulk', () => {
  const batch = {
    control: 'app-control',
    justification: 'Nobody has it.',
    reviewOn: '2099-01-01',
    ticket: null,
  } as const
  test('what ran, or is not covered well enough, is not proposed as never seen', async () => {
    await expect(proposeBatch(actor('ada'), { ...batch, slugs: ['mshta.exe'] })).rejects.toThrow(
      /It ran twice|It ran 2 times/,
    )
    await expect(proposeBatch(actor('ada'), { ...batch, slugs: ['regasm.exe'] })).rejects.toThrow(
      /days are on record/,
    )
  })
  test('what was proposed as one is approved as one or not at all, and each has its own history', async () => {
    const days = Array.from({ length: 20 }, (_, at) => at + 1)
    await ingestExamples(
      pool(),
      days.flatMap((day) =>
        ['ws-1', 'ws-2'].map((host) => ({
          ...exampleUse(host, day, 'notepad.exe b.txt'),
          image: 'C:\\Windows\\System32\\notepad.exe',
        })),
      ),
    )
    await recompute(pool())
    await pool().query(
      "UPDATE host_alias SET host_id = (SELECT id FROM host WHERE name = 'ws-1') WHERE alias = 'ws-3'",
    )
    const batchId = await proposeBatch(actor('ada'), { ...batch, slugs: ['regasm.exe', 'regsvcs.exe'] })
    const made = await prisma().decision.findMany({ where: { batchId }, orderBy: { id: 'asc' } })
    const items = made.map(({ id, version }) => ({ id, version }))
    const answer = { batchId, move: 'approve' as const, comment: 'all' }
    await expect(decideBatch(actor('mia'), { ...answer, items: items.slice(1) })).rejects.toMatchObject({
      code: 'conflict',
    })
    await prisma().decision.updateMany({ where: { batchId }, data: { scope: { kind: 'nowhere' } } })
    // nobody's evidence is worked out before they are refused
    const again = items.map(({ id, version }) => ({ id, version: version + 1 }))
    await expect(decideBatch(actor('mia'), { ...answer, items: again })).rejects.toMatchObject({
      code: 'conflict',
    })
    await prisma().decision.updateMany({ where: { batchId }, data: { scope: made[0]?.scope ?? {} } })
    await decideBatch(actor('mia'), { ...answer, items })
    for (const { id } of items)
      expect(await actionsOn(id)).toEqual(['decision-proposed', 'decision-approved'])
    await expect(decideBatch(actor('max'), { ...answer, items })).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('who may not move a decision, or read it before it changed, is refused before its evidence is worked out', async () => {
  const proposed = await exampleProposal(actor('mia'))
  const draft = await exampleDraft(actor('ada'))
  const ids = [proposed, draft.id]
  const scopes = await prisma().decision.findMany({
    where: { id: { in: ids } },
    select: { id: true, scope: true },
  })
  // of this no evidence can be worked out
  await prisma().decision.updateMany({ where: { id: { in: ids } }, data: { scope: { kind: 'nowhere' } } })
  const approve = (name: string, version: number) =>
    decide(actor(name), { id: proposed, version, move: 'approve', comment: '' })
  await expect(approve('mia', 1)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(approve('max', 7)).rejects.toMatchObject({ code: 'conflict' })
  await expect(proposeDecision(actor('ben'), draft)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(proposeDecision(actor('ada'), { ...draft, version: 7 })).rejects.toMatchObject({
    code: 'conflict',
  })
  for (const { id, scope } of scopes)
    await prisma().decision.update({ where: { id }, data: { scope: scope as DecisionScope } })
})
