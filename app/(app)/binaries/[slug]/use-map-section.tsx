import { HeatMap } from '@/components/chart/heat-map'
import { InertText } from '@/components/command-line/inert-text'
import { Link } from '@/components/ui/link'
import { Section } from '@/components/ui/page-header'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { loadOpened } from '@/lib/store/screens/binary/use'
import {
  type MapAxis,
  type MapCell,
  type Opened,
  REST,
  type UseMap,
} from '@/lib/store/screens/binary/use-map'
import { isInt8, NOT_REPORTED } from '@/lib/store/screens/executions/filter'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { pageHref } from '../../page-href'
import { kindsQuery, signatureQuery } from './signature-query'

type UseMapSectionProps = {
  slug: string
  entryId: number
  map: UseMap
  opened: Awaited<ReturnType<typeof loadOpened>>
  /** Filters of the executions that are counted. */
  query: string
  params: SearchParams
}

const WITHIN = 'within'

/** The parent or pattern that the URL opens; null = none. */
export function openedOf(params: SearchParams): Opened | null {
  const [, side, id = ''] = /^(parent|pattern):(.+)$/.exec(String(params[WITHIN])) ?? []
  const isId = id === NOT_REPORTED || isInt8(id)
  return (side === 'parent' || side === 'pattern') && isId ? { side, id } : null
}

/** Parents × command patterns, or the hosts behind one of them; each number leads to its executions. */
export function UseMapSection({ slug, entryId, map, opened, query, params }: UseMapSectionProps) {
  const href = (within: string | null) =>
    pageHref(`/binaries/${encodeURIComponent(slug)}`, params, WITHIN, within)
  if (opened === null)
    return (
      <Section
        title="What starts it, and with which arguments"
        description="Executions by parent and command pattern; in solid cells most were deviations. A number leads to its executions, a name to the hosts behind it."
      >
        <Grid map={map} sides={['parent', 'pattern']} opened={null} {...{ slug, entryId, query, href }} />
      </Section>
    )
  const across = opened.side === 'parent' ? 'pattern' : 'parent'
  return (
    <Section
      title="What starts it, and with which arguments"
      description={
        <>
          Executions by host and {NOUNS[across]}, only{' '}
          {opened.side === 'parent' ? 'started by' : 'with the pattern'}{' '}
          <code className="wrap-anywhere text-ink">
            <InertText text={labelOf(opened.name, opened.side)} />
          </code>
          .{' '}
          <Link href={href(null)} scroll={false} className="text-accent underline">
            All parents and patterns
          </Link>
        </>
      }
    >
      <Grid map={opened.map} sides={['host', across]} {...{ slug, entryId, opened, query, href }} />
    </Section>
  )
}

type Side = Opened['side'] | 'host'
type GridProps = {
  map: UseMap
  /** What its rows and its columns are. */
  sides: readonly [Side, Side]
  /** The parent or pattern that all of it is within. */
  opened: Opened | null
  slug: string
  entryId: number
  query: string
  href: (within: string | null) => string
}

const NOUNS: Record<Side, string> = { parent: 'parent', pattern: 'command pattern', host: 'host' }
const HEADS: Record<Side, string> = { parent: 'Parent', pattern: 'Command pattern', host: 'Host' }

function Grid({ map, sides: [down, across], opened, slug, entryId, query, href }: GridProps) {
  if (map.cells.length === 0) return <p className="text-muted">Not used in this period.</p>
  const cells = new Map(map.cells.map((cell) => [`${cell.row} ${cell.column}`, cell]))
  const queryOf = (row: MapAxis) => (down === 'host' ? hostQuery(row, query) : query)
  /** Within what hosts are shown already, there is nothing to open. */
  const link = (side: Side, { id }: MapAxis) =>
    down === 'host' || id === REST ? {} : { href: href(`${side}:${id}`) }
  return (
    <HeatMap
      title={`What starts ${slug}, and with which arguments`}
      rowHeader={HEADS[down]}
      columns={map.columns.map((one) => ({ id: one.id, label: labelOf(one, across), ...link(across, one) }))}
      rows={map.rows.map((row) => ({
        id: row.id,
        label: labelOf(row, down),
        ...link(down, row),
        cells: Object.fromEntries(
          map.columns.flatMap((column) => {
            const cell = cells.get(`${row.id} ${column.id}`)
            if (cell === undefined) return []
            const to = executionsHref(kindsOf(cell, opened, entryId), queryOf(row))
            return [[column.id, { value: cell.executions, emphasis: cell.deviates, ...(to && { href: to }) }]]
          }),
        ),
      }))}
    />
  )
}

const MISSING: Record<Side, string> = {
  parent: 'No parent reported',
  pattern: 'No command line',
  host: 'Unknown host',
}

function labelOf({ id, value }: MapAxis, side: Side): string {
  if (id === REST) return `Other ${NOUNS[side]}s`
  if (value === null || id === NOT_REPORTED) return MISSING[side]
  if (side === 'parent') return parentWords(value)
  // the tool's name is the same in all of them
  return side === 'pattern' ? value.replace(/^\S+ (?=.)/, '') || '(no arguments)' : value
}

/** Filters of one host's executions; null = nothing names the other hosts. */
function hostQuery({ value }: MapAxis, query: string): string | null {
  if (value === null) return null
  const filters = new URLSearchParams(query)
  filters.set('host', value)
  return filters.toString()
}

/** Filters that name a cell's use; null where it takes more to name it than fits in an address. */
function kindsOf(
  { row, column, signatures }: MapCell,
  opened: Opened | null,
  entryId: number,
): string | null {
  if (row === REST || column === REST) return signatures.length === 0 ? null : signatureQuery(signatures)
  if (opened === null) return kindsQuery(entryId, row, column)
  return opened.side === 'parent'
    ? kindsQuery(entryId, opened.id, column)
    : kindsQuery(entryId, column, opened.id)
}

function executionsHref(use: string | null, query: string | null): string | null {
  return query === null || use === null ? null : `/executions?${query}${use}`
}
