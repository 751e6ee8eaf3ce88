import { HeatMap } from '@/components/chart/heat-map'
import { parentWords } from '@/lib/pipeline/deviation/words'
import {
  type HeatAxis,
  type HeatCount,
  NOT_REPORTED,
  type ParentsByPatterns,
  REST,
} from '@/lib/store/screens/binary/parents-by-patterns'

import { MAX_LINKED_SIGNATURES, signatureQuery } from './signature-query'

type UseHeatMapProps = {
  slug: string
  heat: ParentsByPatterns
  /** Filters of the executions that are counted. */
  query: string
}

/** Parents × command patterns; each number leads to its executions. */
export function UseHeatMap({ slug, heat, query }: UseHeatMapProps) {
  if (heat.counts.length === 0) return <p className="text-muted">Not used in this period.</p>
  const cells = new Map(heat.counts.map((count) => [`${count.parent} ${count.pattern}`, count]))
  return (
    <HeatMap
      title={`What starts ${slug}, and with which arguments`}
      rowHeader="Parent"
      columns={heat.patterns.map((axis) => ({
        id: axis.id,
        label: labelOf(axis, 'Other patterns', 'No command line'),
      }))}
      rows={heat.parents.map((parent) => ({
        id: parent.id,
        label: parentWords(labelOf(parent, 'Other parents', 'No parent reported')),
        cells: Object.fromEntries(
          heat.patterns.flatMap((pattern) => {
            const count = cells.get(`${parent.id} ${pattern.id}`)
            if (count === undefined) return []
            const href = hrefOf(count, query)
            return [
              [pattern.id, { value: count.executions, emphasis: count.deviates, ...(href && { href }) }],
            ]
          }),
        ),
      }))}
    />
  )
}

function labelOf({ id, value }: HeatAxis, rest: string, missing: string): string {
  if (id === REST) return rest
  return value === null || id === NOT_REPORTED ? missing : value || '(no arguments)'
}

/** The executions of a cell; null where it takes more signatures to name them than fit in an address. */
function hrefOf({ signatures }: HeatCount, query: string): string | null {
  return signatures.length > MAX_LINKED_SIGNATURES
    ? null
    : `/executions?${query}${signatureQuery(signatures)}`
}
