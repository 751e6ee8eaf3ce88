import type { ApprovedBlock } from '@/lib/pipeline/decision/approved-block'
import { type MergeEffect, mergeEffect } from '@/lib/pipeline/decision/merging'
import type { Placed } from '@/lib/pipeline/decision/scope'
import { listGroupedHosts, readBlocks } from './blocks'
import { type ForeseenSplit, loadHostNow } from './host-identity'
import type { Db } from './sql'

/** A block that merging or splitting hosts lets hold for other hosts. `holds`: from then on, or no more; `hosts`: for which, by name. */
export type MergedBlock = { decisionId: number; binary: string; holds: boolean; hosts: string[] }

/** What merging some hosts into one of them changes of what is blocked where, by the id of that one; oldest decision first. `day`: as of readBlocks. */
export async function loadMergedBlocks(
  db: Db,
  hostIds: readonly number[],
  day: string,
): Promise<(intoId: number) => MergedBlock[]> {
  const [{ blocks }, named] = await Promise.all([readBlocks(db, day), listGroupedHosts(db)])
  const hosts = named.flatMap(({ id, ...host }) => (hostIds.includes(id) ? { ...host, hostId: id } : []))
  return (intoId) => {
    const into = hosts.find(({ hostId }) => hostId === intoId)
    if (into === undefined) return []
    return blocks.flatMap((block) => changedBlock(block, mergeEffect(block, hosts, into)))
  }
}

/** What a split changes of what is blocked where: what merging both again would take back. As of loadMergedBlocks. */
export async function loadSplitBlocks(
  db: Db,
  { from, to }: ForeseenSplit,
  day: string,
): Promise<MergedBlock[]> {
  const hostNow = await loadHostNow(db)
  const { blocks } = await readBlocks(db, day, (id) => (id === to.hostId ? id : hostNow(id)))
  return blocks.flatMap((block) => {
    const { holds, changed } = mergeEffect(block, [from, to], from)
    return changedBlock(block, { holds: !holds, changed })
  })
}

function changedBlock(
  { decisionId, entry }: ApprovedBlock,
  { holds, changed }: MergeEffect<Placed & { name: string }>,
): MergedBlock[] {
  return changed.length === 0
    ? []
    : [{ decisionId, binary: entry.name, holds, hosts: changed.map(({ name }) => name) }]
}
