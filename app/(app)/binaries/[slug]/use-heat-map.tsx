import { HeatMap } from '@/components/chart/heat-map'
import { parentWords } from '@/lib/pipeline/deviation/words'
import {
  type HeatAxis,
  NOT_REPORTED,
  type ParentsByPatterns,
  REST,
} from '@/lib/store/screens/binary/parents-by-patterns'

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
            const href = hrefOf(parent, pattern, query)
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

/** The executions page filters by values, not by what is left over. */
function hrefOf(parent: HeatAxis, pattern: HeatAxis, query: string): string | null {
  if ([parent, pattern].some(({ id, value }) => id === REST || id === NOT_REPORTED || value === null))
    return null
  return `/executions?${query}&parent=${encodeURIComponent(parent.value ?? '')}&pattern=${pattern.id}`
}
