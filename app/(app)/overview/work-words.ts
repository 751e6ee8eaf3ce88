import { countOf } from '@/components/ui/numbers'
import type { PendingWork } from '@/lib/store/screens/overview/work'

/** What is still being read and computed; null = nothing: figures are final. */
export function workWords({ uploads, hosts, from }: PendingWork): string | null {
  const parts = [
    ...(uploads > 0 ? [`${countOf(uploads, 'import')} being read`] : []),
    ...(hosts > 0 ? [`${countOf(hosts, 'host')} being computed, from ${from ?? ''} on`] : []),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}
