import { expect, test } from 'vitest'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { followAudit } from '@/lib/store/notifications/follow'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { listInbox } from '@/lib/store/screens/notifications'
import { exampleFleet, exampleProposal } from '../decision/example-decisions'

const who = exampleFleet()

test('a decision waits for whoever sees all of the hosts that it speaks of, and is told to nobody else', async () => {
  const [own, other] = await Promise.all(
    ['Own', 'Other'].map((name) => prisma().hostGroup.create({ data: { name } })),
  )
  const host = await prisma().host.findFirstOrThrow({ where: { name: 'ws-1' } })
  await prisma().accountHostGroup.create({
    data: { accountId: who('max').accountId, groupId: own?.id ?? 0 },
  })
  await pool().query(
    `INSERT INTO host_group_member (host_id, group_id, valid_from) VALUES ($1, $2, '2026-01-01')`,
    [host.id, own?.id],
  )
  const told = async (scope: DecisionScope) => {
    const before = await Promise.all(['mia', 'max'].map(countTold))
    await pool().query('DELETE FROM decision')
    await exampleProposal(who('ada'), { scope })
    await followAudit(pool(), new Set())
    const after = await Promise.all(['mia', 'max'].map(countTold))
    return after.map((count, at) => count - (before[at] ?? 0))
  }
  expect(await told({ kind: 'fleet' })).toEqual([1, 0])
  expect(await told({ kind: 'groups', ids: [own?.id ?? 0] })).toEqual([1, 1])
  expect(await told({ kind: 'groups', ids: [own?.id ?? 0, other?.id ?? 0] })).toEqual([1, 0])
  expect(await told({ kind: 'hosts', ids: [host.id] })).toEqual([1, 1])
})

async function countTold(name: string): Promise<number> {
  return (await listInbox(who(name).accountId)).length
}
