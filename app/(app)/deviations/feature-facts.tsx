import { PlainTable } from '@/components/table/plain-table'
import { countOf, formatShare } from '@/components/ui/numbers'
import { FEATURE_WORDS } from '@/lib/pipeline/deviation/words'
import type { FeatureBesideScopes } from '@/lib/store/screens/deviations/judgement'

type FeatureFactsProps = { features: readonly FeatureBesideScopes[]; group: string | null }

/** For each thing an execution is compared by: what it was here, and what is normal on the host, in its group and in the fleet. */
export function FeatureFacts({ features, group }: FeatureFactsProps) {
  return (
    <PlainTable
      label="What it was, and what is normal"
      rows={features}
      rowId={({ feature }) => feature}
      empty="No feature was reported."
      columns={[
        {
          id: 'feature',
          header: 'Compared by',
          cell: ({ feature, bits }) => (
            <>
              {FEATURE_WORDS[feature]}
              {bits > 0 && <div className="text-muted text-small">{bits.toFixed(1)} bits</div>}
            </>
          ),
        },
        {
          id: 'here',
          header: 'Here',
          wide: true,
          cell: ({ value, seenHosts, seenHours }) => (
            <>
              <code>{value}</code>
              <div className="text-muted text-small">
                {seenHosts === 0
                  ? 'trusted on no host before'
                  : `trusted on ${countOf(seenHosts, 'host')} before`}
                {seenHours > 0 && `, in ${countOf(Math.round(seenHours), 'hour')} here`}
              </div>
            </>
          ),
        },
        {
          id: 'host',
          header: 'This host, normally',
          wide: true,
          cell: ({ host }) => <Normal values={host} />,
        },
        {
          id: 'group',
          header: group === null ? 'Its group' : `${group}, normally`,
          wide: true,
          cell: (row) =>
            group === null ? <span className="text-muted">in no group</span> : <Normal values={row.group} />,
        },
        {
          id: 'fleet',
          header: 'The fleet, normally',
          wide: true,
          cell: ({ fleet }) => <Normal values={fleet} />,
        },
      ]}
      note="As of the day before. Of the host: share of its hours with this binary; of group and fleet: share of hosts that are trusted with it."
    />
  )
}

function Normal({ values }: { values: FeatureBesideScopes['host'] }) {
  if (values === null || values.length === 0) return <span className="text-muted">nothing known yet</span>
  return (
    <ul>
      {values.map(({ value, share }) => (
        <li key={value}>
          <code>{value}</code> <span className="text-muted text-small">{formatShare(share)}</span>
        </li>
      ))}
    </ul>
  )
}
