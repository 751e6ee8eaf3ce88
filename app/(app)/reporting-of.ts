import type { Reporting } from '@/lib/store/screens/binary/view'

/** Hosts of a group among those that reported; null = none. */
export function reportingOf({ groups }: Reporting, group: string | null): number | null {
  return groups.find(({ name }) => name === group)?.hosts ?? null
}
