import type { ReactNode } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { PathText } from '@/components/command-line/path-text'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { OffsetTime, Timestamp } from '@/components/ui/time'
import {
  type ContactOfProcess,
  MAX_EVENTS,
  type ModuleOfProcess,
  type ProcessActions,
} from '@/lib/store/screens/executions/actions'
import { Signing } from '../signing'

/** What the process loaded, reached and asked for; its children are in the lineage. */
export function ProcessActionSection({ actions }: { actions: ProcessActions }) {
  const { modules, connections, queries, cut } = actions
  const silent = [
    modules.length === 0 && 'notable modules (Sysmon event 7 shows them)',
    connections.length === 0 && 'connections (Sysmon event 3)',
    queries.length === 0 && 'DNS queries (Sysmon event 22)',
  ].filter((kind) => kind !== false)
  return (
    <Section
      title="What it did"
      {...(cut && { description: `From the first ${formatNumber(MAX_EVENTS)} events of the process.` })}
    >
      <div className="space-y-4">
        <Actions label="Modules loaded" columns={MODULE_COLUMNS} rows={modules} />
        <Actions label="Network connections" columns={CONNECTION_COLUMNS} rows={connections} />
        <Actions label="DNS queries" columns={QUERY_COLUMNS} rows={queries} />
        {silent.length > 0 && <p className="text-muted">Not recorded: {silent.join(', ')}.</p>}
      </div>
    </Section>
  )
}

type ActionsProps<Row> = { label: string; columns: readonly PlainColumn<Row>[]; rows: readonly Row[] }

function Actions<Row>({ label, columns, rows }: ActionsProps<Row>) {
  if (rows.length === 0) return null
  return (
    <div>
      <h3 className="mb-1 font-medium">{label}</h3>
      <PlainTable
        label={label.toLowerCase()}
        columns={columns}
        rows={rows}
        rowId={(row) => JSON.stringify(row)}
        empty=""
      />
    </div>
  )
}

type Times = Pick<ModuleOfProcess, 'firstAt' | 'lastAt' | 'events'>

const TIME_COLUMNS: readonly PlainColumn<Times>[] = [
  { id: 'first', header: 'First', cell: (row) => <Timestamp at={row.firstAt} exact /> },
  {
    id: 'events',
    header: 'Events',
    align: 'right',
    cell: ({ events, firstAt, lastAt }) => (
      <>
        {formatNumber(events)}
        {lastAt > firstAt && (
          <span className="text-muted">
            {' '}
            to <OffsetTime at={lastAt} since={firstAt} />
          </span>
        )}
      </>
    ),
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
