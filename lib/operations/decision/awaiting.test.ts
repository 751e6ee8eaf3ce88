import { expect, test } from 'vitest'
import { prisma } from '@/lib/store/prisma'
import { listDecisions } from '@/lib/store/screens/decisions'
import { countWaiting } from '@/lib/store/screens/waiting'
import { decide } from './decide'
import { delegate } from './delegate'
import { exampleFleet, exampleProposal } from './example-decisions'

const actor = exampleFleet()
const propose = (name: string) => exampleProposal(actor(name))
const judge = (name: string, id: number, move: 'approve' | 'reject') =>
  decide(actor(name), { id, version: 1, move, comment: 'seen' })

test('what awaits a manager leaves out what they proposed themselves', async () => {
  await propose('mia')
  const request = { q: '', sort: 'proposed', descending: true, page: 1, pageSize: 50, after: null } as const
  const awaiting = async (name: string) => {
    const { accountId, scope } = actor(name)
    const judge = { accountId, mayDecide: true }
    const { total } = await listDecisions(scope, { ...request, filters: { awaiting: ['me'] } }, judge)
    // the number beside the page's name is that of its rows
    expect((await countWaiting(scope, judge)).awaitingDecisions).toBe(total)
    return total
  }
  expect(await awaiting('mia')).toBe(0)
  expect(await awaiting('max')).toBe(1)
})

test('who stands in sees what awaits the other one, marked as such, in order of effect, also what they may not judge', async () => {
  const request = { q: '', sort: 'effect', descending: true, page: 1, pageSize: 50, after: null } as const
  const awaiting = async (name: string) => {
    const { accountId, scope } = actor(name)
    const filters = { awaiting: ['me'] }
    const found = await listDecisions(scope, { ...request, filters }, { accountId, mayDecide: true })
    return found.rows.map(({ id, awaitsMe, awaitsOthers }) => [id, awaitsMe, awaitsOthers])
  }
  const own = await exampleProposal(actor('max'), {}, 'cmstp.exe')
  const used = await propose('ada')
  expect(await awaiting('max')).toEqual([[used, true, []]])
  await delegate(actor('mia'), { toId: actor('max').accountId, until: '2099-01-01' })
  expect(await awaiting('max')).toEqual([
    [used, true, ['mia']],
    [own, false, ['mia']],
  ])
  expect(await awaiting('mia')).toEqual([
    [used, true, []],
    [own, true, []],
  ])
  await expect(judge('max', own, 'approve')).rejects.toMatchObject({ code: 'forbidden' })
  await judge('max', used, 'approve')
  const { detail } = await prisma().auditEntry.findFirstOrThrow({
    where: { action: 'decision-approved', subjectId: String(used) },
  })
  expect(detail).toMatchObject({ standingInFor: ['mia'] })
  await delegate(actor('mia'), { toId: null, until: '2099-01-01' })
  expect(await awaiting('max')).toEqual([])
})
