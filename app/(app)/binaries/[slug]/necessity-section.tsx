import { InertText } from '@/components/command-line/inert-text'
import { SuggestionBox } from '@/components/decision/suggestion-box'
import { TriageBadge } from '@/components/state/state-badge'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import type { Scope } from '@/lib/pipeline/actor'
import { legitimateNeedsOf } from '@/lib/pipeline/catalogue/legitimate-needs'
import { assessNecessity, type NecessityFacts, type Purpose } from '@/lib/pipeline/decision/necessity'
import type { BinaryHeader } from '@/lib/store/screens/binary/view'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { type GroupUse, loadNecessity, loadUseOfGroups } from '@/lib/store/screens/what-if/load-necessity'
import { CountedAt } from '../../counted-at'
import { pageHref } from '../../page-href'
import { factsInWords, lowerFirst, patternWords, purposeWords, STARTER_WORDS } from './necessity-words'

type NecessitySectionProps = {
  scope: Scope
  entry: BinaryHeader
  /** Host group by name; null = all hosts. */
  group: string | null
  params: SearchParams
}

/** Whether normal work here needs a binary: who uses it, for what, how sure that is, and what follows as a suggestion. */
export async function NecessitySection({ scope, entry, group, params }: NecessitySectionProps) {
  const whole = await loadNecessity(scope, entry)
  const groups = whole.value.window === null ? [] : await loadUseOfGroups(scope, entry.id, whole.value.window)
  const chosen = group === null ? undefined : groups.find(({ name }) => name === group)
  const { value: facts, at } = chosen?.groupId
    ? await loadNecessity(scope, entry, { kind: 'groups', ids: [chosen.groupId] })
    : whole
  const assessment = assessNecessity(facts)
  return (
    <Section
      title={chosen ? `Is it needed by ${chosen.name}?` : 'Is it needed here?'}
      id="necessity"
      description={
        facts.window &&
        `Over everything stored. Hosts report from ${facts.window.from} to ${facts.window.to}.`
      }
    >
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,26rem)]">
        <div className="min-w-0 space-y-3">
          <SuggestionBox label="Suggestion" suggestion={assessment.suggestion} />
          {facts.window !== null && <KeyValueList items={factsInWords(facts, assessment)} />}
        </div>
        <KnownNeeds entry={entry} />
      </div>
      <CountedAt at={at} />
      {facts.purposes.length > 0 && <Purposes facts={facts} />}
      {groups.length > 1 && <Groups groups={groups} slug={entry.slug} params={params} />}
    </Section>
  )
}

function KnownNeeds({ entry }: { entry: BinaryHeader }) {
  const note = legitimateNeedsOf(entry.slug)
  return (
    <div>
      <h3 className="mb-1 font-medium">What is known to need it</h3>
      {note === null ? (
        <p className="text-muted">{entry.legitimateUse ?? 'No note is written on this binary.'}</p>
      ) : (
        <>
          <ul className="list-disc space-y-0.5 pl-5">
            {note.needs.map((need) => (
              <li key={need}>{need}</li>
            ))}
          </ul>
          <p className="mt-1">When it is blocked: {lowerFirst(note.whenBlocked)}</p>
          <p className="mt-1 text-muted text-small">
            Elsewhere, not measured here. Sources:{' '}
            {note.sources.map((source, at) => (
              <span key={source}>
                {at > 0 && ', '}
                <a href={source} rel="noreferrer" target="_blank" className="text-accent underline">
                  {new URL(source).hostname}
                </a>
              </span>
            ))}
          </p>
        </>
      )}
    </div>
  )
}

const PURPOSE_COLUMNS: readonly PlainColumn<Purpose>[] = [
  {
    id: 'purpose',
    header: 'Used for',
    wide: true,
    cell: (purpose) => (
      <>
        <span>{purposeWords(purpose)}</span>
        <code className="block text-muted">
          <InertText text={patternWords(purpose)} />
        </code>
      </>
    ),
  },
  { id: 'starter', header: 'Run by', cell: ({ starter }) => STARTER_WORDS[starter] },
  { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
  { id: 'hosts', header: 'Hosts', align: 'right', cell: (row) => formatNumber(row.hosts) },
  { id: 'people', header: 'Accounts', align: 'right', cell: (row) => formatNumber(row.people) },
  {
    id: 'days',
    header: 'Days',
    align: 'right',
    hint: 'Most days on which one host used it so',
    cell: (row) => formatNumber(row.days),
  },
  { id: 'last', header: 'Last', cell: (row) => row.lastDay },
  {
    id: 'deviation',
    header: 'Judged',
    cell: ({ deviation }) =>
      deviation === null ? <span className="text-muted">normal</span> : <TriageBadge state={deviation} />,
  },
]

function Purposes({ facts }: { facts: NecessityFacts }) {
  const { purposes, purposesTotal } = facts
  return (
    <div className="mt-4">
      <PlainTable
        label="purposes"
        columns={PURPOSE_COLUMNS}
        rows={purposes}
        rowId={({ parent, pattern }) => `${parent} > ${pattern}`}
        empty="Not used."
        note={
          purposesTotal > purposes.length
            ? `The ${purposes.length} most frequent of ${formatNumber(purposesTotal)} purposes.`
            : undefined
        }
      />
    </div>
  )
}

type GroupsProps = { groups: readonly GroupUse[]; slug: string; params: SearchParams }

function Groups({ groups, slug, params }: GroupsProps) {
  // the host in view may be of another group
  const hrefOf = (name: string) =>
    pageHref(`/binaries/${encodeURIComponent(slug)}`, { ...params, host: undefined }, 'group', name)
  const columns: PlainColumn<GroupUse>[] = [
    {
      id: 'group',
      header: 'Group',
      cell: ({ name }) =>
        name === null ? (
          <span className="text-muted">no group</span>
        ) : (
          <Link href={`${hrefOf(name)}#necessity`} className="hover:underline">
            {name}
          </Link>
        ),
    },
    {
      id: 'hosts',
      header: 'Hosts using it',
      align: 'right',
      cell: ({ hosts, reporting }) => `${formatNumber(hosts)} of ${formatNumber(reporting)}`,
    },
    { id: 'people', header: 'Accounts', align: 'right', cell: ({ people }) => formatNumber(people) },
    {
      id: 'executions',
      header: 'Executions',
      align: 'right',
      cell: ({ executions }) => formatNumber(executions),
    },
    {
      id: 'last',
      header: 'Last',
      cell: ({ lastDay }) => lastDay ?? <span className="text-muted">never</span>,
    },
  ]
  return (
    <div className="mt-4">
      <PlainTable
        label="use by group"
        columns={columns}
        rows={groups}
        rowId={({ groupId }) => String(groupId)}
        empty="No group."
      />
    </div>
  )
}
