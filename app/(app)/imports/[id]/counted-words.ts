import { countOf, formatNumber } from '@/components/ui/numbers'
import { OTHER_KINDS } from '@/lib/pipeline/event/event'
import type { UploadDetail } from '@/lib/store/screens/imports'

type Kinds = Pick<UploadDetail, 'eventsByKind' | 'eventsKept' | 'eventsDuplicate'>
const NEVER_KEPT: readonly string[] = OTHER_KINDS

/** Why records that were read are neither stored nor rejected; null where there are none. */
export function countedWords({ eventsByKind, eventsKept, eventsDuplicate }: Kinds): string | null {
  const counted = Object.entries(eventsByKind)
    .filter(([kind]) => kind !== 'process-creation')
    .map(([kind, n]) => ({
      kind,
      n: Math.max(0, n - (eventsKept[kind] ?? 0) - (eventsDuplicate[kind] ?? 0)),
    }))
  const sum = (others: boolean) =>
    counted.reduce((total, { kind, n }) => total + (NEVER_KEPT.includes(kind) === others ? n : 0), 0)
  const [others, elsewhere] = [sum(true), sum(false)]
  const parts = [
    {
      n: others,
      of: 'of kinds that Cordon keeps nothing of, such as logons, registry changes and created files',
    },
    { n: elsewhere, of: 'of programs that are no proxy binaries: modules, connections and the like' },
  ].filter(({ n }) => n > 0)
  const [only, second] = parts
  if (only === undefined) return null
  if (second === undefined) return `${readWords(only.n)}, ${only.of}.`
  return `${readWords(others + elsewhere)}: ${parts.map(({ n, of }) => `${formatNumber(n)} ${of}`).join('; ')}.`
}

function readWords(n: number): string {
  return `${countOf(n, 'record')} ${n === 1 ? 'was' : 'were'} read and only counted`
}
