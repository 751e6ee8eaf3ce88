import { z } from 'zod'
import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import type { AuditSubject } from '@/lib/store/audit'
import {
  countMergedInto,
  foreseeSplit,
  giveAllNames,
  giveSomeNames,
  lockNamedHosts,
} from '@/lib/store/host-identity'
import { loadMergedBlocks, loadSplitBlocks, type MergedBlock } from '@/lib/store/merged-blocks'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { auditedAll } from './audited'
import { checked } from './checked'

/** More at once are hard to oversee. */
const MAX_MERGED = 20
const HostId = z.int().positive()
const Merge = z.object({
  /** Hosts that become one with `intoId`. */
  hostIds: z
    .array(HostId)
    .min(1, 'Choose the hosts to merge.')
    .max(MAX_MERGED, `At most ${MAX_MERGED} at once.`),
  intoId: HostId,
})
export type Merge = z.input<typeof Merge>

/**
 * Makes several hosts one: all their names are pinned to one host, what was recorded follows day by day, baselines are computed again.
 * Decisions go with their hosts: those that hold for other hosts from then on have it in their history. Splitting the names off again is the way back.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when one of them is no host of its own any more
 */
export async function mergeHosts(actor: Actor, submitted: Merge): Promise<void> {
  requirePermission(actor, 'manage-hosts')
  const { hostIds, intoId } = checked(Merge, submitted)
  const fromIds = [...new Set(hostIds)].filter((id) => id !== intoId)
  if (fromIds.length === 0) throw new ExpectedError('invalid-input', 'Choose at least two hosts.')
  const ids = [...fromIds, intoId]
  // before the transaction: it takes connections of its own
  const mergedBefore = await countMergedInto(prisma(), ids)
  const blocks = (await loadMergedBlocks(pool(), ids, today()))(intoId)
  await auditedAll(actor, async (tx) => {
    const hosts = await lockNamedHosts(tx, ids)
    const into = hosts.find(({ id }) => id === intoId)
    if (!into || hosts.length < ids.length || (await countMergedInto(tx, ids)) !== mergedBefore)
      throw new ExpectedError(
        'conflict',
        'One of these hosts was merged or split meanwhile: look at them again.',
      )
    const merged = hosts.filter(({ id }) => id !== intoId).map(({ name }) => name)
    const names = await giveAllNames(tx, fromIds, intoId)
    const own: AuditSubject = {
      action: 'hosts-merged',
      subjectKind: 'host',
      subjectId: String(intoId),
      detail: { into: into.name, merged, names, decisions: blocks.map(({ decisionId }) => decisionId) },
    }
    return {
      result: undefined,
      subjects: [own, ...blocks.map((block) => ofBlock('decision-hosts-merged', block, into.name))],
    }
  })
}

/** What a decision's history says of a merge or a split that changed for which hosts it holds. `into`: what those are now that it begins to hold for. */
function ofBlock(
  action: 'decision-hosts-merged' | 'decision-hosts-split',
  { decisionId, holds, hosts }: MergedBlock,
  into?: string,
): AuditSubject {
  return {
    action,
    subjectKind: 'decision',
    subjectId: String(decisionId),
    // who sees where it holds need not see the host that it no longer holds for
    detail: holds ? { ...(into !== undefined && { into }), begins: hosts } : { ends: hosts },
  }
}

export const Split = z.object({
  hostId: HostId,
  names: z.array(z.string().min(1).max(255)).min(1, 'Choose the names to split off.').max(1000),
})
export type Split = z.input<typeof Split>

/**
 * Makes names of a host a host of their own, pinned there: what was recorded under them follows day by day, baselines are computed again.
 * Decisions that hold for other hosts from then on have it in their history. Merging both is the way back. Answers the other host's id.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when the host lacks one of the names or would keep none, or changed meanwhile
 */
export async function splitHost(actor: Actor, submitted: Split): Promise<number> {
  requirePermission(actor, 'manage-hosts')
  const { hostId, names } = checked(Split, submitted)
  // before the transaction: it takes connections of its own
  const foreseen = await foreseeSplit(pool(), hostId, names)
  const ids = foreseen === null ? [hostId] : [hostId, foreseen.to.hostId]
  const mergedBefore = await countMergedInto(prisma(), ids)
  const blocks = foreseen === null ? [] : await loadSplitBlocks(pool(), foreseen, today())
  return await auditedAll(actor, async (tx) => {
    const [host] = await lockNamedHosts(tx, [hostId])
    if ((await countMergedInto(tx, ids)) !== mergedBefore)
      throw new ExpectedError('conflict', 'This host was merged or split meanwhile: look at it again.')
    const to = host && (await giveSomeNames(tx, hostId, names))
    if (!host || !to)
      throw new ExpectedError(
        'conflict',
        'A host keeps at least one name, and only its own names can be split off: look at it again.',
      )
    const own: AuditSubject = {
      action: 'host-split',
      subjectKind: 'host',
      subjectId: String(hostId),
      detail: {
        from: host.name,
        into: to.name,
        names: [...new Set(names)].sort(),
        decisions: blocks.map(({ decisionId }) => decisionId),
      },
    }
    return {
      result: to.id,
      subjects: [own, ...blocks.map((block) => ofBlock('decision-hosts-split', block))],
    }
  })
}
