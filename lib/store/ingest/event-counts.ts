/** How many events were stored beside process creations, and how many were there already, by kind. Kinds without any are left out. */
export type EventCounts = { kept: Record<string, number>; duplicate: Record<string, number> }

export const NO_EVENTS: EventCounts = { kept: {}, duplicate: {} }

type KindCount = { kind: string; incoming: number; fresh: number; kept: number }

/** `fresh` of the incoming ones were not stored yet, `kept` of those are now. */
export function toCounts(kinds: readonly KindCount[]): EventCounts {
  const counts: EventCounts = { kept: {}, duplicate: {} }
  for (const { kind, incoming, fresh, kept } of kinds) {
    if (kept > 0) counts.kept[kind] = kept
    if (incoming > fresh) counts.duplicate[kind] = incoming - fresh
  }
  return counts
}

export function addCounts(parts: readonly EventCounts[]): EventCounts {
  return {
    kept: Object.assign({}, ...parts.map(({ kept }) => kept)),
    duplicate: Object.assign({}, ...parts.map(({ duplicate }) => duplicate)),
  }
}
