import { countOf, formatNumber } from '@/components/ui/numbers'
import type { FileRow } from '@/lib/store/screens/import-files'

type Kinds = Pick<FileRow, 'eventsByKind' | 'eventsKept' | 'eventsDuplicate'>

/**
 * '120 process creations, 40 module loads (3 new, 1 duplicate)'. Of most kinds only what concerns proxy binaries and controls is stored, which is
 * said in brackets; creations have columns of their own.
 */
export function kindWords({ eventsByKind, eventsKept, eventsDuplicate }: Kinds): string {
  // a blocked connection is an attempt as well, so that a kind can be stored without having been read
  const names = new Set([eventsByKind, eventsKept, eventsDuplicate].flatMap(Object.keys))
  return [...names]
    .map((kind) => ({ kind, count: eventsByKind[kind] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .map(({ kind, count }) => {
      if (kind === 'other') return `${formatNumber(count)} of other kinds`
      const words = countOf(count, kind.replaceAll('-', ' '), PLURALS[kind])
      return words + storedWords(eventsKept[kind] ?? 0, eventsDuplicate[kind] ?? 0)
    })
    .join(', ')
}

function storedWords(kept: number, duplicate: number): string {
  const parts = [
    kept > 0 && `${formatNumber(kept)} new`,
    duplicate > 0 && `${formatNumber(duplicate)} duplicate`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

const PLURALS: Readonly<Record<string, string>> = { 'dns-query': 'dns queries' }
