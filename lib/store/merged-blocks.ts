import { mergeEffect } from '@/lib/pipeline/decision/merging'
import { listGroupedHosts, readBlocks } from './blocks'
import type { Db } from './sql'

/** A block that merging hosts lets hold for other hosts. `holds`: from then on, or no more; `hosts`: for which, by name. */
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
