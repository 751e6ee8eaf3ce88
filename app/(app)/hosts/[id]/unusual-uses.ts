import type { BaselineUse, BinaryBaseline } from '@/lib/store/screens/host/baseline'

/** A use of a host that few of its group share. */
export type UnusualUse = BaselineUse & { slug: string; binary: string; key: string }

/** At most this share of the group's hosts has it. */
const FEW = 0.1
const MOST_LISTED = 50

/**
 * What a host does that hardly any other host of its group does: patterns that at most a tenth of the group's baselines hold (the host's own may be
 * one of them), the highest score first. Nothing for hosts without a group, or alone in it.
 * @param groupSize hosts of the group that reported; null = no group
 */
export function unusualUses(baseline: readonly BinaryBaseline[], groupSize: number | null): UnusualUse[] {
  if (groupSize === null || groupSize < 2) return []
  const few = Math.max(1, Math.floor(groupSize * FEW))
  return baseline
    .flatMap(({ slug, name, uses }) =>
      uses
        .filter(({ groupHosts }) => groupHosts !== null && groupHosts <= few)
        .map((use) => ({ ...use, slug, binary: name, key: `${slug} ${use.id}` })),
    )
    .sort((a, b) => b.highestScoreMillibits - a.highestScoreMillibits || b.lastAt - a.lastAt)
    .slice(0, MOST_LISTED)
}
