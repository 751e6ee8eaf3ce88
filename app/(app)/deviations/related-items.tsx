import { CommandLine } from '@/components/command-line/command-line'
import { ScoreBadge } from '@/components/state/score-badge'
import { TriageBadge } from '@/components/state/state-badge'
import { PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import type { Scope } from '@/lib/pipeline/actor'
import { listRelatedItems, type RelatedItem, type Relation } from '@/lib/store/screens/deviations/related'

const WORDS: Record<Relation, string> = {
  host: 'same host within 10 min',
  user: 'same user',
  parent: 'same parent',
}

/** Other items that may belong to the same story as one. */
export async function RelatedItems({ scope, id }: { scope: Scope; id: string }) {
  return (
    <PlainTable
      label="Related deviations"
      rows={await listRelatedItems(scope, id)}
      rowId={(item) => item.id}
      empty="No other deviation was seen on its hosts within ten minutes, or shares a parent or user that only a few have."
      columns={[
        {
          id: 'score',
          header: 'Score',
          align: 'right',
          cell: (item) => <ScoreBadge millibits={item.scoreMillibits} />,
        },
        // before the pattern: a long one must not push it out of a narrow panel
        { id: 'state', header: 'State', cell: ({ state }) => <TriageBadge state={state} /> },
        {
          id: 'why',
          header: 'In common',
          wraps: true,
          cell: ({ relations }) => relations.map((one) => WORDS[one]).join(', '),
        },
        { id: 'item', header: 'Deviation', wide: true, cell: (item) => <Item item={item} /> },
      ]}
    />
  )
}

function Item({ item: { id, binary, title } }: { item: RelatedItem }) {
  return (
    <Link href={`/deviations/${id}`} className="block hover:underline">
      <span className="sr-only">{binary}: </span>
      <CommandLine text={title} oneLine />
    </Link>
  )
}
