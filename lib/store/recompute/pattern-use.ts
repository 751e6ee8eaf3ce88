/** That a host used a pattern on a day, and since when, in microseconds; `observed`: no incident held. */
export type PatternUse = { hostId: number; patternId: string | null; observed: boolean; firstAtUs: number }

/** The patterns that came to one of the hosts or went. */
export function changedPatterns(before: readonly PatternUse[], after: readonly PatternUse[]): string[] {
  const [gone, came] = [patternsByHost(before), patternsByHost(after)]
  const onlyIn = (some: typeof gone, others: typeof gone) =>
    [...some].flatMap(([key, patternId]) => (others.has(key) ? [] : [patternId]))
  return [...new Set([...onlyIn(gone, came), ...onlyIn(came, gone)])]
}

function patternsByHost(uses: readonly PatternUse[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { hostId, patternId, observed } of uses)
    if (observed && patternId !== null) found.set(`${hostId} ${patternId}`, patternId)
  return found
}

/** When each of the hosts first used each pattern. */
export function firstsOf(uses: readonly PatternUse[]): Map<string, number[]> {
  const byPattern = new Map<string, Map<number, number>>()
  for (const { hostId, patternId, observed, firstAtUs } of uses) {
    if (!observed || patternId === null) continue
    const hosts = byPattern.get(patternId) ?? new Map<number, number>()
    byPattern.set(patternId, hosts.set(hostId, Math.min(hosts.get(hostId) ?? firstAtUs, firstAtUs)))
  }
  return new Map(Array.from(byPattern, ([id, hosts]) => [id, [...hosts.values()]]))
}
