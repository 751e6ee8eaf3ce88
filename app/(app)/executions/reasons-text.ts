import { formatBits } from '@/components/ui/numbers'
import { reasonWords } from '@/lib/pipeline/deviation/words'
import type { NamedReason } from '@/lib/store/screens/sigma/named-reasons'

/** 'it runs a scriptlet (4.0 bits); unusual parent (2.1 bits)', the largest first. */
export function reasonsText(reasons: readonly NamedReason[]): string {
  return reasons
    .toSorted((a, b) => b.millibits - a.millibits)
    .map(({ code, millibits, rule }) => `${reasonWords(code, rule?.title)} (${formatBits(millibits)})`)
    .join('; ')
}
