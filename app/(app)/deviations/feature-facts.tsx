import { InertText } from '@/components/command-line/inert-text'
import { PlainTable } from '@/components/table/plain-table'
import { countOf, formatShare } from '@/components/ui/numbers'
import { FEATURE_WORDS, valueWords } from '@/lib/pipeline/deviation/words'
import type { FeatureBesideScopes } from '@/lib/store/screens/deviations/judgement'

type FeatureFactsProps = {
  /** Of the binary. */
  slug: string
  features: readonly FeatureBesideScopes[]
  group: string | null
  /** The host's own past took part; not during an incident. */
  withHost: boolean
}

/** For each thing an execution is compared by: what it was here, and what is normal on the host, in its group and in the fleet. */
export function FeatureFacts({ slug, features, group, withHost }: FeatureFactsProps) {
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
        { id: 'here', header: 'Here', wraps: true, cell: (row) => <Here slug={slug} row={row} /> },
        {
          id: 'normally',
          header: 'Normally',
          wraps: true,
          cell: ({ feature, host, group: ofGroup, fleet }) => {
            const words = (value: string) => valueWords(slug, feature, value)
            return (
              <dl className="space-y-0.5">
                {withHost && <Normal label="this host" values={host} words={words} />}
                {group !== null && <Normal label={group} values={ofGroup} words={words} />}
                <Normal label="the fleet" values={fleet} words={words} />
              </dl>
            )
          },
        },
      ]}
      note="As of the day before. Of the host: share of its hours with this binary. Of group and fleet: share of the hosts that are trusted with it."
    />
  )
}

function Here({ slug, row }: { slug: string; row: FeatureBesideScopes }) {
  const { feature, value, seenHosts, seenHours } = row
  const words = valueWords(slug, feature, value)
  return (
    <>
      {words !== null && (
        <div>
          <InertText text={words} />
        </div>
      )}
      <code className={words === null ? undefined : 'text-muted text-small'}>
        <InertText text={value} />
      </code>
      <div className="text-muted text-small">
        {seenHosts === 0 ? 'trusted on no host before' : `trusted on ${countOf(seenHosts, 'host')} before`}
        {seenHours > 0 && `, in ${countOf(Math.round(seenHours), 'hour')} here`}
      </div>
    </>
  )
}

type NormalProps = {
  label: string
  values: FeatureBesideScopes['host']
  /** null where the value itself is shown. */
  words: (value: string) => string | null
}

/** The commonest value; all of them as they are compared on hover. */
function Normal({ label, values, words }: NormalProps) {
  const [first, ...others] = values ?? []
  return (
    <div>
      <dt className="inline text-muted">{label}: </dt>
      {first === undefined ? (
        <dd className="inline text-muted">nothing known yet</dd>
      ) : (
        <dd
          className="inline"
          title={[first, ...others].map(({ value, share }) => `${value}  ${formatShare(share)}`).join('\n')}
        >
          <Value value={first.value} words={words(first.value)} />{' '}
          <span className="text-muted text-small">{formatShare(first.share)}</span>
          {others.length > 0 && <span className="text-muted text-small">, then others</span>}
        </dd>
      )}
    </div>
  )
}

function Value({ value, words }: { value: string; words: string | null }) {
  return words === null ? (
    <code>
      <InertText text={value} />
    </code>
  ) : (
    <InertText text={words} />
  )
}
