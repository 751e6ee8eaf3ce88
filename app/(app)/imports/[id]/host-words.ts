import { countOf } from '@/components/ui/numbers'
import { formatUtc } from '@/components/ui/time-format'
import type { ImportHosts } from '@/lib/store/screens/import-hosts'

const DAY_LENGTH = 'YYYY-MM-DD'.length

/** The first and last day of times in µs, UTC, 'YYYY-MM-DD'. */
export function daysOfTimes(firstAtUs: number, lastAtUs: number): { from: string; to: string } {
  return { from: formatUtc(firstAtUs).slice(0, DAY_LENGTH), to: formatUtc(lastAtUs).slice(0, DAY_LENGTH) }
}

/** '3 hosts, from 2026-01-05 to 2026-01-30'; null where no host in sight is known of it. `seesAll`: nothing is out of the reader's sight. */
export function hostWords(
  { hosts, firstAtUs, lastAtUs, complete }: ImportHosts,
  seesAll: boolean,
): string | null {
  if (firstAtUs === null || lastAtUs === null) return null
  const { from, to } = daysOfTimes(firstAtUs, lastAtUs)
  const of = `${complete ? '' : 'executions of '}${countOf(hosts, 'host')}${seesAll ? '' : ' in your sight'}`
  return `${of}, ${from === to ? `on ${from}` : `from ${from} to ${to}`}`
}
