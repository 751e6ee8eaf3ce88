import { CutInMiddle, NameText } from '@/components/command-line/cut-in-middle'
import { InertText } from '@/components/command-line/inert-text'
import { PathText } from '@/components/command-line/path-text'
import { OutcomeBadge } from '@/components/state/state-badge'
import type { Column } from '@/components/table/column'
import { timeColumn } from '@/components/table/time-column'
import { Link } from '@/components/ui/link'
import { Nothing } from '@/components/ui/nothing'
import { hostLabel } from '@/lib/pipeline/normalise/host-name'
import type { AttemptRow } from '@/lib/store/screens/attempts'
import { CONTROL_LABELS } from './control-labels'

export const COLUMNS: readonly Column<AttemptRow>[] = [
  timeColumn((row) => row.occurredAtUs),
  {
    id: 'host',
    header: 'Host',
    width: 148,
    cell: (row) => (
      <Link href={`/hosts/${row.hostId}`} className="hover:underline">
        <NameText name={hostLabel(row.host)} whole={row.host} />
      </Link>
    ),
  },
  { id: 'control', header: 'Control', width: 96, cell: (row) => CONTROL_LABELS[row.control] },
  { id: 'outcome', header: 'Outcome', width: 120, cell: (row) => <OutcomeBadge outcome={row.outcome} /> },
  {
    id: 'file',
    header: 'File',
    hint: 'What was about to run, or the program that wanted to connect',
    cell: (row) => (row.filePath === '' ? <NotReported /> : <PathText path={row.filePath} />),
  },
  {
    id: 'rule',
    header: 'Rule or policy',
    width: 190,
    cell: (row) => <Reported text={row.rule ?? row.policy} />,
  },
  { id: 'user', header: 'User', width: 148, cell: (row) => <User name={row.user} /> },
  {
    id: 'decision',
    header: 'Decision',
    width: 84,
    hint: 'The decision on this binary that this control carries out on this host, or tries out',
    cell: (row) =>
      row.decisionId === null ? (
        <Nothing />
      ) : (
        <Link href={`/decisions/${row.decisionId}`} className="hover:underline">
          {row.decisionId}
        </Link>
      ),
  },
  {
    id: 'binary',
    header: 'Binary',
    width: 110,
    optional: true,
    cell: (row) =>
      row.slug === null ? (
        <Nothing />
      ) : (
        <Link href={`/binaries/${encodeURIComponent(row.slug)}`} className="hover:underline">
          {row.slug}
        </Link>
      ),
  },
  {
    id: 'destination',
    header: 'Destination',
    width: 180,
    optional: true,
    cell: (row) => (row.destination === null ? <Nothing /> : <InertText text={row.destination} />),
  },
  {
    id: 'commandLine',
    header: 'Command line',
    width: 300,
    optional: true,
    cell: (row) => <Reported text={row.commandLine} />,
  },
  {
    id: 'parent',
    header: 'Wanted by',
    width: 220,
    optional: true,
    cell: (row) => <Reported text={row.parentImage} />,
  },
  {
    id: 'policy',
    header: 'Policy',
    width: 180,
    optional: true,
    cell: (row) => <Reported text={row.policy} />,
  },
  {
    id: 'signer',
    header: 'Signer',
    width: 180,
    optional: true,
    cell: (row) => <Reported text={row.signer} />,
  },
  {
    id: 'source',
    header: 'Source file',
    width: 220,
    optional: true,
    cell: (row) => <PathText path={row.sourceFile} />,
  },
]

/** Of an account its name, of a SID its last number tells one from another. */
function User({ name }: { name: string | null }) {
  if (name === null || name === '') return <NotReported />
  const cut = Math.max(name.lastIndexOf('\\'), name.startsWith('S-1-') ? name.lastIndexOf('-') : -1) + 1
  return <CutInMiddle head={name.slice(0, cut)} tail={name.slice(cut)} />
}

function Reported({ text }: { text: string | null }) {
  if (text === null || text === '') return <NotReported />
  return (
    <span title={text}>
      <InertText text={text} />
    </span>
  )
}

function NotReported() {
  return <span className="text-muted">not reported</span>
}
