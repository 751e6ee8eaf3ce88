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

/** What the worker last saw on a ring's hosts, and which kinds of attempts somebody explained. */
export async function readRingWatch(
  tx: PrismaTransaction,
  { id, decisionId }: { id: number; decisionId: number },
): Promise<{ watch: RingWatch | null; explained: Set<string> }> {
  const ring = await tx.decisionRing.findUnique({ where: { id }, select: { watch: true } })
  const explanations = await tx.attemptExplanation.findMany({ where: { decisionId }, select: { kind: true } })
  return { watch: readWatch(ring?.watch), explained: new Set(explanations.map(({ kind }) => kind)) }
}
