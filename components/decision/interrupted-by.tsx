'use client'

import { InertText } from '@/components/command-line/inert-text'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Button } from '@/components/ui/button'
import { formatNumber } from '@/components/ui/numbers'
import { Tabs } from '@/components/ui/tabs'
import type { BlockException } from '@/lib/pipeline/decision/block'

/** One value among what is interrupted. */
export type InterruptedValue = {
  /** What would be added to the block to spare it. */
  exception: BlockException
  text: string
  executions: number
  hosts: number
  lastDay: string
}

export type InterruptedFacet = {
  kind: BlockException['kind']
  /** 'Parents' */
  title: string
  values: readonly InterruptedValue[]
  total: number
  /** The chosen control can spare such values. */
  expressible: boolean
}

type InterruptedByProps = {
  facets: readonly InterruptedFacet[]
  controlName: string
  /** The list that is shown, by kind. */
  shown: string
  onShow: (kind: string) => void
  onSpare: (exception: BlockException) => void
}

/** What the block interrupts, by what started it, its arguments, people and places; each can be spared from here. */
export function InterruptedBy({ facets, controlName, shown, onShow, onSpare }: InterruptedByProps) {
  return (
    <Tabs
      label="what is interrupted"
      shown={shown}
      onShow={onShow}
      tabs={facets.map((facet) => ({
        id: facet.kind,
        label: `${facet.title} (${formatNumber(facet.total)})`,
        content: (
          <>
            {!facet.expressible && (
              <p className="mb-2 text-warn">
                {controlName} cannot tell {facet.title.toLowerCase()} apart: sparing one has no effect with
                it.
              </p>
            )}
            <PlainTable
              label={`interrupted ${facet.title.toLowerCase()}`}
              columns={columnsOf(facet, onSpare)}
              rows={facet.values}
              rowId={(row) => row.text}
              empty={
                facet.kind === 'group' ? 'No interrupted host is in a group.' : 'Nothing is interrupted.'
              }
              note={
                facet.total > facet.values.length
                  ? `The ${facet.values.length} most frequent of ${formatNumber(facet.total)}.`
                  : undefined
              }
            />
          </>
        ),
      }))}
    />
  )
}

function columnsOf(
  { title }: InterruptedFacet,
  onSpare: (exception: BlockException) => void,
): PlainColumn<InterruptedValue>[] {
  return [
    {
      id: 'spare',
      header: 'Spare',
      cell: (row) => (
        <Button aria-label={`Spare ${row.text}`} onClick={() => onSpare(row.exception)}>
          Spare
        </Button>
      ),
    },
    {
      id: 'value',
      header: title.slice(0, -1),
      wide: true,
      cell: (row) => (
        <code>
          <InertText text={row.text || '(no arguments)'} />
        </code>
      ),
    },
    { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
    { id: 'hosts', header: 'Hosts', align: 'right', cell: (row) => formatNumber(row.hosts) },
    { id: 'last', header: 'Last', cell: (row) => row.lastDay },
  ]
}
