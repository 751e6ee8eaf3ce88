import { CommandLine } from '@/components/command-line/command-line'
import { NameText } from '@/components/command-line/cut-in-middle'
import { InertText } from '@/components/command-line/inert-text'
import { PathText } from '@/components/command-line/path-text'
import { ScoreBadge } from '@/components/state/score-badge'
import { TriageBadge } from '@/components/state/state-badge'
import type { Column } from '@/components/table/column'
import { timeColumn } from '@/components/table/time-column'
import { Link } from '@/components/ui/link'
import { hostLabel } from '@/lib/pipeline/normalise/host-name'
import type { ExecutionRow } from '@/lib/store/screens/executions/search'
import type { CommandLineParts } from './command-line-parts'
import { SENSOR_LABELS } from './sensor-labels'

export type ShownExecution = ExecutionRow & { key: string; parts: CommandLineParts }

export const COLUMNS: readonly Column<ShownExecution>[] = [
  timeColumn((row) => row.occurredAtUs),
  {
    id: 'host',
    header: 'Host',
    width: 112,
    cell: (row) => (
      <Link href={`/hosts/${row.hostId}`} className="hover:underline">
        <NameText name={hostLabel(row.host)} whole={row.host} />
      </Link>
    ),
  },
  {
    id: 'binary',
    header: 'Binary',
    width: 104,
    cell: (row) => (
      <Link href={`/binaries/${encodeURIComponent(row.slug)}`} className="hover:underline">
        {row.binary}
      </Link>
    ),
  },
  {
    id: 'commandLine',
    header: 'Command line',
    cell: (row) => <CommandLine text={row.commandLine} image={row.image} parts={row.parts} oneLine />,
  },
  {
    id: 'parent',
    header: 'Parent',
    width: 116,
    cell: (row) =>
      row.parentImage === null ? (
        <span className="text-muted">not reported</span>
      ) : (
        <span title={row.parentImage}>
          <InertText text={row.parentImage.split(/[\\/]/).at(-1) ?? ''} />
        </span>
      ),
  },
  {
    id: 'user',
    header: 'User',
    width: 116,
    cell: (row) =>
      row.user === null ? (
        <span className="text-muted">not reported</span>
      ) : (
        // the name tells people apart, the domain hardly ever does
        <span title={row.user}>
          <InertText text={row.user.split('\\').at(-1) ?? ''} />
        </span>
      ),
  },
  {
    id: 'score',
    header: 'Score',
    width: 64,
    align: 'right',
    hint: 'Bits, of the pattern on its host and day; empty while it is being computed',
    cell: (row) => (row.scoreMillibits === null ? '' : <ScoreBadge millibits={row.scoreMillibits} />),
  },
  {
    id: 'triage',
    header: 'Triage',
    width: 104,
    cell: (row) =>
      row.triage !== null && (
        <Link href={`/deviations?open=${row.triage.deviationId}`}>
          <TriageBadge state={row.triage.state} />
        </Link>
      ),
  },
  {
    id: 'pattern',
    header: 'Pattern',
    width: 260,
    optional: true,
    cell: (row) => row.pattern !== null && <code title={row.pattern}>{row.pattern}</code>,
  },
  { id: 'image', header: 'Image', width: 260, optional: true, cell: (row) => <PathText path={row.image} /> },
  { id: 'sensor', header: 'Sensor', width: 90, optional: true, cell: (row) => SENSOR_LABELS[row.sensor] },
  {
    id: 'source',
    header: 'Source file',
    width: 220,
    optional: true,
    cell: (row) => <PathText path={row.sourceFile} />,
  },
]
