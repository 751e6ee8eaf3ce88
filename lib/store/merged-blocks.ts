import { mergeEffect, splitEffect } from '@/lib/pipeline/decision/merging'
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
    return blocks.flatMap((block) => {
      const { holds, changed } = mergeEffect(block, hosts, into)
      const { decisionId, entry } = block
      return changed.length === 0
        ? []
        : { decisionId, binary: entry.name, holds, hosts: changed.map(({ name }) => name) }
    })
  }
}

/** What a split changes of what is blocked where: a decision about a host that had been merged is about that one again. As of loadMergedBlocks. */
export async function loadSplitBlocks(db: Db, split: ForeseenSplit, day: string): Promise<MergedBlock[]> {
  const hostNow = await loadHostNow(db)
  const [before, after] = await Promise.all([
    readBlocks(db, day, hostNow),
    readBlocks(db, day, (id) => (id === split.to.hostId ? id : hostNow(id))),
  ])
  const blockAfter = new Map(after.blocks.map((block) => [block.decisionId, block]))
  return before.blocks.flatMap((block) => {
    const { decisionId, entry } = block
    const { holds, changed } = splitEffect(block, blockAfter.get(decisionId) ?? block, split)
    return changed.length === 0
      ? []
      : { decisionId, binary: entry.name, holds, hosts: changed.map(({ name }) => name) }
  })
}
