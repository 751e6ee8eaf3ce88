import { countOf } from '@/components/ui/numbers'
import type { CoverageClass, CoverageCounts } from '@/lib/pipeline/baseline/coverage'

/** What a class of coverage lets one say. */
export const COVERAGE_WORDS: Readonly<Record<CoverageClass, { label: string; hint: string }>> = {
  full: {
    label: 'Full coverage',
    hint: 'Reported processes with command lines and parents over the whole period, never silent for more than nine days',
  },
  partial: { label: 'Reported in part', hint: 'Reported only in a part of the period, or without parents' },
  'no-command-lines': {
    label: 'No command lines',
    hint: 'Reports processes, but not what they were started with',
  },
  silent: { label: 'Silent', hint: 'Reported nothing in the period; it may have before' },
}

/** 'Not seen on 36 hosts with full coverage since 2026-01-01; 4 hosts send no command lines.' */
export function notSeenSentence(counts: CoverageCounts, since: string): string {
  const parts = [
    counts.full > 0 && `Not seen on ${countOf(counts.full, 'host')} with full coverage since ${since}`,
    counts.partial > 0 &&
      `${countOf(counts.partial, 'host')} without it reported only in part, and may have used it unseen`,
    counts['no-command-lines'] > 0 &&
      `${countOf(counts['no-command-lines'], 'host')} without it ${counts['no-command-lines'] === 1 ? 'sends' : 'send'} no command lines`,
    counts.silent > 0 && `nothing is known of ${countOf(counts.silent, 'host')} without telemetry`,
  ].filter((part) => part !== false)
  if (parts.length === 0) return 'Every host in sight used it.'
  const text = parts.join('; ')
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`
}
