import { InertText } from '@/components/command-line/inert-text'
import { PlainTable } from '@/components/table/plain-table'
import { countOf, formatShare } from '@/components/ui/numbers'
import { FEATURE_WORDS } from '@/lib/pipeline/deviation/words'
import type { FeatureBesideScopes } from '@/lib/store/screens/deviations/judgement'

type FeatureFactsProps = {
  features: readonly FeatureBesideScopes[]
  group: string | null
  /** The host's own past took part; not during an incident. */
  withHost: boolean
}

/** For each thing an execution is compared by: what it was here, and what is normal on the host, in its group and in the fleet. */
export function FeatureFacts({ features, group, withHost }: FeatureFactsProps) {
  return (
    <PlainTable
      label="What it was, and what is normal"
      // what speaks most for it first, as the reasons stand above
      rows={features.toSorted((a, b) => b.bits - a.bits)}
      rowId={({ feature }) => feature}
      empty="No feature was reported."
      columns={[
        {
          id: 'feature',
          header: 'Compared by',
          cell: ({ feature, bits }) => (
            <div className="w-28 whitespace-normal">
              {FEATURE_WORDS[feature]}
              {bits > 0 && <div className="text-muted text-small">{bits.toFixed(1)} bits</div>}
            </div>
          ),
        },
        { id: 'here', header: 'Here', wraps: true, cell: (row) => <Here row={row} /> },
        {
          id: 'normally',
          header: 'Normally',
          wraps: true,
          cell: ({ host, group: ofGroup, fleet }) => (
            <dl className="space-y-0.5">
              {withHost && <Normal label="this host" values={host} />}
              {group !== null && <Normal label={group} values={ofGroup} />}
              <Normal label="the fleet" values={fleet} />
            </dl>
          ),
        },
      ]}
      note="As of the day before. Of the host: share of its hours with this binary. Of group and fleet: share of the hosts that are trusted with it."
    />
  )
}

function Here({ row: { value, seenHosts, seenHours } }: { row: FeatureBesideScopes }) {
  return (
    <>
      <code>
        <InertText text={value} />
      </code>
      <div className="text-muted text-small">
        {seenHosts === 0 ? 'trusted on no host before' : `trusted on ${countOf(seenHosts, 'host')} before`}
        {seenHours > 0 && `, in ${countOf(Math.round(seenHours), 'hour')} here`}
      </div>
    </>
  )
}

/** The commonest value; the next ones on hover. */
function Normal({ label, values }: { label: string; values: FeatureBesideScopes['host'] }) {
  const [first, ...others] = values ?? []
  return (
    <div>
      <dt className="inline text-muted">{label}: </dt>
      {first === undefined ? (
        <dd className="inline text-muted">nothing known yet</dd>
      ) : (
        <dd
          className="inline"
          title={others.map(({ value, share }) => `${value}  ${formatShare(share)}`).join('\n')}
        >
          <code>
            <InertText text={first.value} />
          </code>{' '}
          <span className="text-muted text-small">{formatShare(first.share)}</span>
          {others.length > 0 && <span className="text-muted text-small">, then others</span>}
        </dd>
      )}
    </div>
  )
}
