import { PlainTable } from '@/components/table/plain-table'
import { formatBits } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import { reasonWords } from '@/lib/pipeline/deviation/words'
import type { SettingsEntry, Tuning } from '@/lib/store/screens/tuning'

/** Which settings were in force when, and who changed what. */
export function SettingsHistory({ spans, changes }: Pick<Tuning, 'spans' | 'changes'>) {
  return (
    <>
      <Section
        title="In force"
        description="Each day is scored with the settings in force that day. Days before the first line are scored as shipped."
      >
        <PlainTable
          label="Settings by day"
          rows={spans}
          rowId={({ key, from }) => `${key} ${from}`}
          empty="As shipped: nobody changed a setting yet."
          columns={[
            {
              id: 'from',
              header: 'From',
              cell: ({ from }) => (from === '1970-01-01' ? 'the beginning' : from),
            },
            {
              id: 'until',
              header: 'Until',
              cell: ({ until }) => (until === null ? 'further notice' : until),
            },
            { id: 'what', header: 'Values', wide: true, cell: ({ value }) => valueWords(value) },
          ]}
        />
      </Section>
      <Section title="Changes">
        <PlainTable
          label="Changes of settings"
          rows={changes}
          rowId={({ id }) => id}
          empty="Nobody changed a setting yet."
          columns={[
            { id: 'at', header: 'When', cell: ({ at }) => <RelativeTime at={at} /> },
            { id: 'who', header: 'Who', cell: ({ actor }) => actor },
            { id: 'what', header: 'What', wide: true, cell: (entry) => changeWords(entry) },
          ]}
        />
      </Section>
    </>
  )
}

function valueWords(value: Tuning['spans'][number]['value']): string {
  if ('itemsADay' in value) return `${value.itemsADay} new items a day`
  const { learning, noveltyShare, riskBits, ownDomains = [] } = value
  return [
    `window ${learning.windowDays} days`,
    `half-life ${learning.halfLifeDays} days`,
    `weight of the unusual ${noveltyShare}`,
    ...(ownDomains.length > 0 ? [`own domains ${ownDomains.join(' ')}`] : []),
    ...Object.entries(riskBits).map(([code, bits]) => `“${reasonWords(code)}” ${bits} bits`),
  ].join(', ')
}

function changeWords({ action, detail }: SettingsEntry): string {
  if (action === 'threshold-raised') return `let the threshold rise to ${bits(detail, 'proposed')}`
  if (action === 'threshold-kept') return `left the threshold at ${bits(detail, 'before')}`
  return differences(detail).join('; ')
}

function bits(detail: Json, name: string): string {
  return formatBits(Number(field(detail, name)))
}

/** 'weight of the unusual 0.3 → 0.5', of each value that changed. */
function differences(detail: Json): string[] {
  return ['scoring', 'team'].flatMap((part) => {
    const change = field(detail, part)
    if (change === undefined) return []
    const before = leaves(field(change, 'before') ?? null)
    const after = leaves(field(change, 'after') ?? null)
    const from = field(change, 'from')
    const words = [...new Set([...before.keys(), ...after.keys()])]
      .filter((name) => before.get(name) !== after.get(name))
      .map(
        (name) =>
          `${nameWords(name)} ${before.get(name) ?? 'as shipped'} → ${after.get(name) ?? 'as shipped'}`,
      )
    return typeof from === 'string' && from !== '1970-01-01'
      ? [`${words.join(', ')}, from ${from} on`]
      : words
  })
}

const NAMES: Readonly<Record<string, string>> = {
  windowDays: 'learning window',
  halfLifeDays: 'half-life',
  noveltyShare: 'weight of the unusual',
  itemsADay: 'new items a day',
  ownDomains: 'own domains',
}

function nameWords(name: string): string {
  return NAMES[name] ?? `“${reasonWords(name)}”`
}

/** Every plain value by its own name, however deep. */
function leaves(value: Json): Map<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return new Map()
  return new Map(
    Object.entries(value).flatMap(([name, part]) => {
      if (Array.isArray(part)) return part.length === 0 ? [] : [[name, part.join(' ')] as [string, string]]
      return part !== null && typeof part === 'object'
        ? [...leaves(part)]
        : [[name, String(part)] as [string, string]]
    }),
  )
}

function field(detail: Json, name: string): Json | undefined {
  if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) return undefined
  return Object.entries(detail).find(([key]) => key === name)?.[1]
}
