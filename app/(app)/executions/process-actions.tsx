import type { ReactNode } from 'react'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { PathText } from '@/components/ui/path-text'
import { formatUtc } from '@/components/ui/time-format'
import {
  type ContactOfProcess,
  MAX_EVENTS,
  type ModuleOfProcess,
  type ProcessActions,
} from '@/lib/store/screens/executions/actions'
import { Signing } from '../signing'
import { InertText } from './inert-text'

/** What the process loaded, reached and asked for; its children are in the lineage. */
export function ProcessActionSections({ actions }: { actions: ProcessActions }) {
  const { modules, connections, queries, cut } = actions
  const note = cut ? `From the first ${formatNumber(MAX_EVENTS)} events of the process.` : undefined
  return (
    <>
      <Section title="Modules loaded">
        <PlainTable
          label="modules loaded"
          columns={MODULE_COLUMNS}
          rows={modules}
          rowId={(row) => JSON.stringify(row)}
          empty="No notable module was recorded. Sysmon event 7 (image loaded) shows them."
          note={note}
        />
      </Section>
      <Section title="Network connections">
        <PlainTable
          label="network connections"
          columns={CONNECTION_COLUMNS}
          rows={connections}
          rowId={(row) => JSON.stringify(row)}
          empty="No connection was recorded. Sysmon event 3 shows them."
          note={note}
        />
      </Section>
      <Section title="DNS queries">
        <PlainTable
          label="DNS queries"
          columns={QUERY_COLUMNS}
          rows={queries}
          rowId={(row) => JSON.stringify(row)}
          empty="No query was recorded. Sysmon event 22 shows them."
          note={note}
        />
      </Section>
    </>
  )
}

type Times = Pick<ModuleOfProcess, 'firstAt' | 'lastAt' | 'events'>

const TIME_COLUMNS: readonly PlainColumn<Times>[] = [
  { id: 'first', header: 'First (UTC)', cell: (row) => formatUtc(row.firstAt).slice(0, 23) },
  {
    id: 'events',
    header: 'Events',
    align: 'right',
    cell: (row) => <span title={`last ${formatUtc(row.lastAt)}`}>{formatNumber(row.events)}</span>,
  },
]

const MODULE_COLUMNS: readonly PlainColumn<ModuleOfProcess>[] = [
  { id: 'path', header: 'Module', wide: true, cell: (row) => <PathText path={row.path} /> },
  { id: 'signing', header: 'Signed by', cell: (row) => <Signing {...row} /> },
  ...TIME_COLUMNS,
]

const CONNECTION_COLUMNS: readonly PlainColumn<ContactOfProcess>[] = [
  {
    id: 'address',
    header: 'Address',
    cell: (row) => <Known text={row.ip} />,
  },
  {
    id: 'port',
    header: 'Port',
    cell: ({ protocol, port }) => [protocol, port].filter((part) => part !== null).join(' '),
  },
  { id: 'name', header: 'Name', cell: (row) => <Known text={row.name} /> },
  {
    id: 'signs',
    header: 'Direction',
    cell: ({ initiated, blocked }) => (
      <span className="inline-flex gap-1">
        {DIRECTIONS.get(initiated)}
        {blocked > 0 && <Badge tone="warn">{`${formatNumber(blocked)} blocked`}</Badge>}
      </span>
    ),
  },
  ...TIME_COLUMNS,
]

const DIRECTIONS: ReadonlyMap<boolean | null, ReactNode> = new Map<boolean | null, ReactNode>([
  [true, 'outbound'],
  [false, 'inbound'],
  [null, 'not reported'],
])

const QUERY_COLUMNS: readonly PlainColumn<ContactOfProcess>[] = [
  { id: 'name', header: 'Name', cell: (row) => <Known text={row.name} /> },
  {
    id: 'answers',
    header: 'Answers',
    cell: ({ answers }) =>
      answers.length === 0 ? (
        <span className="text-muted">none</span>
      ) : (
        <span title={answers.join('\n')}>
          <InertText text={answers.slice(0, 3).join(', ')} />
          {answers.length > 3 && `, ${answers.length - 3} more`}
        </span>
      ),
  },
  ...TIME_COLUMNS,
]

function Known({ text }: { text: string | null }) {
  if (text === null) return <span className="text-muted">not reported</span>
  return (
    <code>
      <InertText text={text} />
    </code>
  )
}
