'use client'

import { InertText } from '@/components/command-line/inert-text'
import { PathText } from '@/components/command-line/path-text'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import type {
  ActionsOf,
  ActionTelemetry,
  ChildUse,
  Listed,
  ModuleUse,
  NetworkUse,
} from '@/lib/store/screens/binary/actions'
import { Signing } from '../../signing'

/** `query`: what is in view, as exports take it. */
type ActionSectionsProps = ActionsOf & { query: string }

/** What its processes did once they ran: loaded, reached, started. */
export function ActionSections({ modules, network, programs, telemetry, query }: ActionSectionsProps) {
  return (
    <>
      <Section
        title="Modules loaded"
        id="modules"
        actions={<Csv name="modules" query={query} />}
        description={`Windows' own files only where they bring a script engine, .NET, the web or credentials along; unsigned files first. ${sentBy(telemetry.modules, telemetry, 'module loads of it')}`}
      >
        <PlainTable
          label="modules"
          columns={MODULE_COLUMNS}
          rows={modules.rows}
          rowId={(row) => JSON.stringify([row.path, row.signed, row.signer, row.status])}
          empty={emptyWords(
            telemetry.modules,
            'notable module',
            'module loads of it',
            'Sysmon event 7 (image loaded)',
          )}
          note={noteOf(modules, 'modules')}
        />
      </Section>
      <Section
        title="Network destinations"
        id="network"
        actions={<Csv name="destinations" query={query} />}
        description={`Connections and the names that were asked for. ${sentBy(telemetry.network, telemetry, 'connections or queries')}`}
      >
        <PlainTable
          label="network destinations"
          columns={NETWORK_COLUMNS}
          rows={network.rows}
          rowId={(row) =>
            JSON.stringify([row.protocol, row.name, row.name === null && row.ip, row.port, row.initiated])
          }
          empty={emptyWords(
            telemetry.network,
            'connection or query',
            'connections or queries',
            'Sysmon events 3 and 22',
          )}
          note={noteOf(network, 'destinations')}
        />
      </Section>
      <Section
        title="Programs started"
        id="programs"
        actions={<Csv name="programs" query={query} />}
        description={`Within an hour of its own start. ${sentBy(telemetry.creations, telemetry, 'process creations')}`}
      >
        <PlainTable
          label="programs started"
          columns={PROGRAM_COLUMNS}
          rows={programs.rows}
          rowId={(row) => row.path}
          empty={emptyWords(
            telemetry.creations,
            'child process',
            'process creations',
            'Sysmon event 1 or Security event 4688 of every program',
          )}
          note={noteOf(programs, 'programs')}
        />
      </Section>
    </>
  )
}

/** All of a list, of which the page shows the beginning. */
function Csv({ name, query }: { name: 'modules' | 'destinations' | 'programs'; query: string }) {
  return (
    <a href={`/api/exports/${name}.csv?${query}`} download className="text-accent hover:underline">
      CSV of all {name}
    </a>
  )
}

function sentBy(hosts: number, telemetry: ActionTelemetry, what: string): string {
  return `${formatNumber(hosts)} of ${countOf(telemetry.hosts, 'host')} sent ${what} in this period.`
}

/** Nothing happened, or nothing would have been seen. */
function emptyWords(hosts: number, what: string, events: string, source: string): string {
  return hosts === 0
    ? `Not visible: no host sent ${events} in this period. ${source} would show them.`
    : `No ${what} of it was recorded in this period.`
}

function noteOf({ rows, total }: Listed<unknown>, many: string): string | undefined {
  return total > rows.length ? `The first ${rows.length} of ${formatNumber(total)} ${many}.` : undefined
}

type Extent = Pick<ModuleUse, 'hosts' | 'days' | 'executions' | 'firstAt' | 'lastAt'>

const EXTENT_COLUMNS: readonly PlainColumn<Extent>[] = [
  { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
  { id: 'hosts', header: 'Hosts', align: 'right', cell: (row) => formatNumber(row.hosts) },
  { id: 'days', header: 'Days', align: 'right', cell: (row) => formatNumber(row.days) },
  { id: 'first', header: 'First seen', cell: (row) => <RelativeTime at={row.firstAt} /> },
  { id: 'last', header: 'Last seen', cell: (row) => <RelativeTime at={row.lastAt} /> },
]

const MODULE_COLUMNS: readonly PlainColumn<ModuleUse>[] = [
  { id: 'path', header: 'Module', wide: true, cell: (row) => <PathText path={row.path} /> },
  { id: 'folder', header: 'Folder', cell: (row) => row.folder },
  { id: 'signing', header: 'Signed by', cell: (row) => <Signing {...row} /> },
  ...EXTENT_COLUMNS,
]

const NETWORK_COLUMNS: readonly PlainColumn<NetworkUse>[] = [
  { id: 'place', header: 'Destination', wide: true, cell: (row) => <Place use={row} /> },
  {
    id: 'value',
    header: 'Counts as',
    hint: 'How the baseline sees it',
    cell: (row) =>
      row.value === null ? <span className="text-muted">not judged</span> : <InertText text={row.value} />,
  },
  {
    id: 'events',
    header: 'Events',
    align: 'right',
    cell: (row) => (
      <span className="inline-flex gap-1">
        {row.blocked > 0 && <Badge tone="warn">{`${formatNumber(row.blocked)} blocked`}</Badge>}
        {formatNumber(row.events)}
      </span>
    ),
  },
  ...EXTENT_COLUMNS,
]

function Place({ use: { protocol, name, ip, addresses, port, initiated } }: { use: NetworkUse }) {
  const how = [
    protocol === 'dns' ? 'asked for' : [protocol, port].filter((part) => part !== null).join(' '),
    name !== null && addresses > 0 && (addresses === 1 ? ip : `${formatNumber(addresses)} addresses`),
    initiated === false && 'inbound',
  ].filter((part) => part !== false && part !== null && part !== '')
  return (
    <>
      <code>
        <InertText text={name ?? ip ?? 'not reported'} />
      </code>{' '}
      <span className="text-muted">{how.join(', ')}</span>
    </>
  )
}

const PROGRAM_COLUMNS: readonly PlainColumn<ChildUse>[] = [
  { id: 'path', header: 'Program', wide: true, cell: (row) => <PathText path={row.path} /> },
  { id: 'folder', header: 'Folder', cell: (row) => row.folder },
  ...EXTENT_COLUMNS,
]
