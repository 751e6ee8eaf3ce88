import { InertText } from '@/components/command-line/inert-text'
import { PlainTable } from '@/components/table/plain-table'
import type { RulingRow } from '@/lib/store/screens/deviations/history'

const EFFECTS: Record<RulingRow['effect'], string> = {
  expected: 'explained, counts as normal',
  test: 'explained, not learned from',
  malicious: 'never counts as normal',
}

/** What triage of the item taught; what ended still explains the days that it held for. */
export function RulingList({ rulings }: { rulings: readonly RulingRow[] }) {
  return (
    <PlainTable
      label="Rulings"
      rows={rulings}
      rowId={({ id }) => id}
      empty="Nothing: nobody ruled on it, or it was reopened."
      columns={[
        { id: 'effect', header: 'Effect', cell: ({ effect }) => EFFECTS[effect] },
        { id: 'parent', header: 'Started by', wide: true, cell: ({ parent }) => <Bound value={parent} /> },
        { id: 'identity', header: 'As', cell: ({ identity }) => <Bound value={identity} /> },
        {
          id: 'modules',
          header: 'Loading',
          cell: ({ modules }) => (modules === null ? 'anything' : modules.join(', ') || 'nothing notable'),
        },
        {
          id: 'scope',
          header: 'Where',
          wide: true,
          cell: ({ scope }) => (scope === null ? 'also hosts that you may not see' : scope.join(', ')),
        },
        { id: 'from', header: 'From', cell: ({ from }) => from },
        { id: 'until', header: 'Until', cell: (row) => <Until {...row} /> },
      ]}
    />
  )
}

function Until({ until, ended }: Pick<RulingRow, 'until' | 'ended'>) {
  if (until === null) return 'no end'
  return ended ? <span className="text-muted">{until}, ended</span> : until
}

function Bound({ value }: { value: string | null }) {
  if (value === null) return 'any'
  if (value === '') return <span className="text-muted">not reported</span>
  return (
    <code>
      <InertText text={value} />
    </code>
  )
}
