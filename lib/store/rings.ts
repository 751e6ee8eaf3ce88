import { type RingWatch, readWatch } from '@/lib/pipeline/decision/gate'
import type { RingState } from '@/lib/pipeline/decision/rings'
import { Prisma } from './generated/client'
import type { PrismaTransaction } from './prisma'

/** Puts a ring into a state from now on; what was seen in the one before is forgotten. */
export async function setRing(
  tx: PrismaTransaction,
  id: number,
  state: RingState,
  since: Date,
): Promise<void> {
  await tx.decisionRing.update({
    where: { id },
    data: { state, since, watch: Prisma.DbNull, watchedAt: null },
  })
  await tx.$executeRaw`NOTIFY cordon_work`
}

/** Leaves a decision these of its rings, in this order. */
export async function keepRings(
  tx: PrismaTransaction,
  decisionId: number,
  left: readonly { id: number; groupIds: readonly number[] }[],
): Promise<void> {
  await tx.decisionRing.deleteMany({ where: { decisionId, id: { notIn: left.map(({ id }) => id) } } })
  // from the first one on: each takes a place that is free by then
  for (const [position, { id, groupIds }] of left.entries())
    await tx.decisionRing.update({ where: { id }, data: { position, groupIds: [...groupIds] } })
}

/** What the worker last saw on a ring's hosts, and which kinds of attempts somebody explained. */
export async function readRingWatch(
  tx: PrismaTransaction,
  { id, decisionId }: { id: number; decisionId: number },
): Promise<{ watch: RingWatch | null; explained: Set<string> }> {
  const ring = await tx.decisionRing.findUnique({ where: { id }, select: { watch: true } })
  const explanations = await tx.attemptExplanation.findMany({ where: { decisionId }, select: { kind: true } })
  return { watch: readWatch(ring?.watch), explained: new Set(explanations.map(({ kind }) => kind)) }
}
