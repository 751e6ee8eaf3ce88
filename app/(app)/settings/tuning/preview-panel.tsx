import { UseOverTime } from '@/components/chart/use-over-time'
import { CommandLine } from '@/components/command-line/command-line'
import { ScoreBadge } from '@/components/state/score-badge'
import { PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import type { PreviewOfSettings } from '@/lib/operations/preview-settings'
import type { PreviewedItem } from '@/lib/pipeline/deviation/settings-preview'
import { bitsText } from '../../deviations/threshold-words'

/** What saving would do, told on stored history. */
export function PreviewPanel({ effect }: { effect: PreviewOfSettings }) {
  if (effect.kind === 'nothing')
    return (
      <Section title="Effect">
        <p className="text-muted">{effect.words}</p>
      </Section>
    )
  const { days, newBefore, newAfter, counts, hosts, leastMillibits } = effect
  return (
    <Section title="Effect" description={basis(effect)}>
      <p className="mb-3" role="status">
        New items a day: {rate(newBefore)} before, {rate(newAfter)} with these settings, shown from{' '}
        {bitsText(leastMillibits)}. Items in all: {effect.itemsBefore} before, {effect.itemsAfter} after;{' '}
        {countOf(counts.appearing, 'item')} would appear, {counts.vanishing} vanish, {counts.moving} score
        otherwise.
        {hosts.scored < hosts.total && ' Numbers are of the hosts looked at.'}
      </p>
      <UseOverTime
        title="New items by day"
        kind="lines"
        days={days}
        series={[
          { name: 'Before', values: newBefore },
          { name: 'With these settings', values: newAfter, emphasis: true },
        ]}
      />
      <div className="mt-4 grid gap-4 xl:grid-cols-2">
        <Items title="Would appear" items={effect.appearing} of={counts.appearing} />
        <Items title="Would vanish" items={effect.vanishing} of={counts.vanishing} />
      </div>
      <div className="mt-4">
        <Items title="Would score otherwise" items={effect.moving} of={counts.moving} />
      </div>
    </Section>
  )
}

function basis({ days, hosts, from, seconds }: Extract<PreviewOfSettings, { kind: 'effect' }>): string {
  const whole =
    hosts.scored === hosts.total
      ? `all ${countOf(hosts.total, 'host')}`
      : `${hosts.scored} of ${countOf(hosts.total, 'host')}, chosen by chance`
  return `Scored in memory over all days of ${whole}, in ${seconds.toFixed(1)} s, with the new settings ${from === null ? 'on every day' : `from ${from} on`}; new items of the last ${countOf(days.length, 'day')} with data. Nothing was changed.`
}

function rate(counts: readonly number[]): string {
  const perDay = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)
  return perDay.toFixed(1)
}

function Items({ title, items, of }: { title: string; items: readonly PreviewedItem[]; of: number }) {
  return (
    <div>
      <h3 className="mb-1 font-medium">{title}</h3>
      <PlainTable
        label={title}
        rows={items}
        rowId={({ item }) => item}
        empty="None."
        note={of > items.length ? `and ${of - items.length} more` : undefined}
        columns={[
          {
            id: 'item',
            header: 'Pattern',
            wide: true,
            cell: ({ item, slug, title: pattern, before }) => (
              <>
                {before === null ? (
                  slug
                ) : (
                  <Link href={`/deviations/${item}`} className="link underline">
                    {slug}
                  </Link>
                )}{' '}
                <CommandLine text={pattern} oneLine />
              </>
            ),
          },
          {
            id: 'before',
            header: 'Before',
            align: 'right',
            cell: ({ before }) => <Score millibits={before} />,
          },
          { id: 'after', header: 'After', align: 'right', cell: ({ after }) => <Score millibits={after} /> },
        ]}
      />
    </div>
  )
}

function Score({ millibits }: { millibits: number | null }) {
  return millibits === null ? <span className="text-muted">none</span> : <ScoreBadge millibits={millibits} />
}
