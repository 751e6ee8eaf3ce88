import { formatBits } from '@/components/ui/numbers'
import type { NamedReason } from '@/lib/store/screens/sigma/named-reasons'

/** 'it runs a scriptlet (4.0 bits); unusual parent (2.1 bits)', the largest first. */
export function reasonsText(reasons: readonly NamedReason[]): string {
  return reasons
    .toSorted((a, b) => b.millibits - a.millibits)
    .map(({ millibits, words }) => `${words} (${formatBits(millibits)})`)
    .join('; ')
}
