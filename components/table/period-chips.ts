import type { Linked } from './filter-bar'

/** Chips of a period that was chosen by its first and last day or time, which pages read as UTC. */
export const PERIOD_CHIPS: readonly Linked[] = [
  { name: 'from', label: 'From', utc: true },
  { name: 'to', label: 'To', utc: true },
]
