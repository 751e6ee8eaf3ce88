import { expect, test } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import { tellOfDue } from '@/lib/store/notifications/due'
import { followAudit } from '@/lib/store/notifications/follow'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { audited } from '../audited'
import { decide } from '../decision/decide'
import { decideBatch } from '../decision/decide-batch'
import { delegate } from '../decision/delegate'
import { exampleFleet, exampleProposal } from '../decision/example-decisions'
import { expireDecisions } from '../decision/expire-decisions'

const actor = exampleFleet()
const NONE = new Set<never>()
const approve = (id: number) => decide(actor('mia'), { id, version: 1, move: 'approve', comment: '' })
const told = async (name: string) => {
  while (await followAudit(pool(), NONE));
  const found = await prisma().notification.findMany({
    where: { accountId: actor(name).accountId },
    orderBy: { id: 'asc' },
  })
  await prisma().notification.deleteMany({ where: { accountId: actor(name).accountId } })
  return found.map(({ title }) => title)
}

test('author and approver are told 14 and 3 days before a decision ends, once each, and when it ended', async () => {
  const id = await exampleProposal(actor('ada'), { expiresOn: '2098-03-31', reviewOn: '2099-01-01' })
  await approve(id)
  for (const name of ['ada', 'mia', 'max', 'ben']) await told(name)
  for (const day of ['2098-03-01', '2098-03-17', '2098-03-18', '2098-03-28', '2098-03-27', '2098-03-28'])
    await tellOfDue(pool(), day, NONE)
  const warned = ['Ends on 2098-03-31: Mshta.exe', 'Ends on 2098-03-31: Mshta.exe']
  expect(await told('ada')).toEqual(warned)
  expect(await told('mia')).toEqual(warned)
  expect([await told('max'), await told('ben')]).toEqual([[], []])
  await expireDecisions(new Date('2098-04-01T00:00:00Z'))
  expect(await told('ada')).toEqual(['A decision ended: its last day is over: Mshta.exe'])
})
test('a worker that comes late warns once, of the nearest day', async () => {
  const id = await exampleProposal(actor('ada'), { reviewOn: '2098-03-31' })
  await approve(id)
  await told('ada')
  await tellOfDue(pool(), '2098-04-20', NONE)
  expect(await told('ada')).toEqual(['Its review is 20 days overdue: Mshta.exe'])
})
test('who stands in is told as well, and managers where nobody who answers for it can sign in', async () => {
  const id = await exampleProposal(actor('ada'), { reviewOn: '2098-03-31' })
  await approve(id)
  await delegate(actor('mia'), { toId: actor('max').accountId, until: '2099-01-01' })
  expect(await told('max')).toContain('Somebody lets you decide for them')
  await tellOfDue(pool(), '2098-03-20', NONE)
  expect(await told('max')).toEqual(['To be reviewed on 2098-03-31: Mshta.exe'])
  await delegate(actor('mia'), { toId: null, until: '2099-01-01' })
  const both = { where: { id: { in: [actor('ada').accountId, actor('mia').accountId] } } }
  await prisma().account.updateMany({ ...both, data: { disabledAt: new Date() } })
  await tellOfDue(pool(), '2098-03-29', NONE)
  expect(await told('max')).toEqual(['To be reviewed on 2098-03-31: Mshta.exe'])
  await prisma().account.updateMany({ ...both, data: { disabledAt: null } })
})
test('where nobody who answers for one of several can sign in, managers are told although the others have somebody', async () => {
  const ids = [await exampleProposal(actor('ada')), await exampleProposal(actor('ben'), {}, 'cmstp.exe')]
  for (const id of ids) await approve(id)
  const both = { where: { id: { in: [actor('ben').accountId, actor('mia').accountId] } } }
  await prisma().account.updateMany({ ...both, data: { disabledAt: new Date() } })
  for (const name of ['ada', 'max']) await told(name)
  await audited(
    systemActor('test'),
    { action: 'hosts-merged', subjectKind: 'host', subjectId: '1', detail: { decisions: ids } },
    async () => undefined,
  )
  const merged = ['Decisions hold for other hosts: some were merged']
  expect([await told('ada'), await told('max')]).toEqual([merged, merged])
  await prisma().account.updateMany({ ...both, data: { disabledAt: null } })
})
test('an answer to many at once is told of once, to their author, as is that they are due', async () => {
  const batchId = '3f0c7c52-7d0f-4a55-9b0e-0d7f1c2a9b11'
  const ids = [
    await exampleProposal(actor('ada'), { reviewOn: '2098-03-31' }, 'cmstp.exe'),
    await exampleProposal(actor('ada'), { reviewOn: '2098-03-31' }, 'odbcconf.exe'),
  ]
  await prisma().decision.updateMany({ where: { id: { in: ids } }, data: { batchId } })
  await told('ada')
  const items = ids.map((id) => ({ id, version: 1 }))
  await decideBatch(actor('mia'), { batchId, items, move: 'approve', comment: '' })
  expect(await told('ada')).toEqual(['Decisions proposed together were approved'])
  await tellOfDue(pool(), '2098-03-20', NONE)
  expect(await told('ada')).toEqual(['To be reviewed on 2098-03-31: 2 decisions proposed together'])
})
test('an answer is told to who asked, and not to who gave it', async () => {
  const id = await exampleProposal(actor('ada'))
  await told('mia')
  await told('ada')
  await approve(id)
  expect(await told('ada')).toEqual(['A decision of yours was approved: Mshta.exe'])
  expect(await told('mia')).toEqual([])
})
