import { CommandLine } from '@/components/command-line/command-line'
import { InertText } from '@/components/command-line/inert-text'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { OffsetTime } from '@/components/ui/time'
import type { Around } from '@/lib/store/screens/executions/around'
import type { SensorRecord } from '@/lib/store/screens/executions/find-execution'
import type { NearProcess } from '@/lib/store/screens/executions/near-process'
import { executionHref } from './execution-href'

type Row = NearProcess & { current: boolean }

/** What started on the host around an execution, which stands among it. */
export function AroundTable({ record, around }: { record: SensorRecord; around: Around }) {
  const { before, after, moreBefore, moreAfter } = around
  const left = [moreBefore && 'earlier', moreAfter && 'later'].filter((side) => side !== false)
  return (
    <PlainTable
      label="processes around it"
      columns={columns(record.key.occurredAtUs)}
      rows={[
        ...before.map((process) => ({ ...process, current: false })),
        { ...record, isExecution: false, current: true },
        ...after.map((process) => ({ ...process, current: false })),
      ]}
      rowId={({ key }) => `${key.occurredAtUs} ${key.id}`}
      empty="Nothing else started."
      note={
        before.length + after.length === 0
          ? 'No other process creation was recorded in this time.'
          : left.length > 0
            ? `The nearest hundred on each side; more started ${left.join(' and ')}.`
            : undefined
      }
    />
  )
}

function columns(since: number): PlainColumn<Row>[] {
  return [
    {
      id: 'offset',
      header: 'From its start',
      align: 'right',
      cell: ({ key, current }) =>
        current ? <strong>this</strong> : <OffsetTime at={key.occurredAtUs} since={since} />,
    },
    { id: 'process', header: 'Process', cell: (row) => <Name process={row} /> },
    {
      id: 'commandLine',
      header: 'Command line',
      wide: true,
      cell: ({ commandLine, image }) => <CommandLine text={commandLine} image={image} oneLine />,
    },
    {
      id: 'user',
      header: 'User',
      cell: ({ user }) =>
        user === null ? <span className="text-muted">not reported</span> : <InertText text={user} />,
    },
  ]
}

function Name({ process: { image, isExecution, current, key } }: { process: Row }) {
  const name = <InertText text={image.split(/[\\/]/).at(-1) ?? image} />
  if (isExecution)
    return (
      <Link className="link" href={executionHref(key)} title={image}>
        {name}
      </Link>
    )
  return (
    <span title={image} className={current ? 'font-semibold' : undefined}>
      {name}
    </span>
  )
}
