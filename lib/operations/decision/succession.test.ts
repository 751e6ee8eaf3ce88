import { describe, expect, test } from 'vitest'
import { listBlocks } from '@/lib/store/blocks'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { loadDecision } from '@/lib/store/screens/decision/detail'
import { decide } from './decide'
import { actionsOn, exampleFleet, exampleProposal, stateOf } from './example-decisions'
import { moveRing } from './move-ring'

const actor = exampleFleet()
const propose = (name: string) => exampleProposal(actor(name))
const judge = (name: string, id: number, move: 'approve' | 'reject') =>
  decide(actor(name), { id, version: 1, move, comment: 'seen' })
const ringOf = async (id: number) =>
  (await prisma().decisionRing.findFirstOrThrow({ where: { decisionId: id } })).id

describe('a decision in the place of another one', () => {
  const approvedAndEnforced = async () => {
    const id = await propose('ada')
    await judge('mia', id, 'approve')
    await enforce(id)
    return id
  }
  const enforce = async (id: number) =>
    await moveRing(actor('mia'), { id, version: 2, ringId: await ringOf(id), move: 'enforce', reason: 'go' })
  const detail = async (id: number) => await loadDecision({ kind: 'all' }, id, null)

  test('what is enforced goes on until the other one is enforced, both say so, and both keep it on record', async () => {
    const old = await approvedAndEnforced()
    const successor = await propose('ada')
    await judge('max', successor, 'approve')
    expect(await stateOf(old)).toBe('enforced')
    expect((await listBlocks(pool(), '2026-02-01')).map(({ decisionId }) => decisionId)).toContain(old)
    expect(await detail(old)).toMatchObject({ takesPlaceOf: [], placeTakenBy: [successor] })
    expect(await detail(successor)).toMatchObject({ takesPlaceOf: [old], placeTakenBy: [] })
    await enforce(successor)
    expect([await stateOf(old), await stateOf(successor)]).toEqual(['superseded', 'enforced'])
    expect(await actionsOn(old)).toContain('decision-superseded')
    expect((await detail(successor))?.history[0]?.detail).toMatchObject({ supersedes: [old] })
  })
  test('a binary that turns out to be required is free at once', async () => {
    const block = await approvedAndEnforced()
    const kept = await exampleProposal(actor('ada'), { verdict: 'required', effect: null, control: null })
    await judge('max', kept, 'approve')
    expect([await stateOf(block), await stateOf(kept)]).toEqual(['superseded', 'approved'])
  })
})
