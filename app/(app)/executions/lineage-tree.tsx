import { clsx } from 'clsx'
import Link from 'next/link'
import { CommandLine } from '@/components/command-line/command-line'
import { formatUtc } from '@/components/ui/time-format'
import type { SensorRecord } from '@/lib/store/screens/executions/find-execution'
import type { Lineage, NearProcess } from '@/lib/store/screens/executions/lineage'
import { executionHref } from './execution-href'
import { InertText } from './inert-text'

type LineageTreeProps = { record: SensorRecord; lineage: Lineage }

/** Ancestors above, siblings beside, children below; what was never recorded is said to be so. */
export function LineageTree({ record, lineage }: LineageTreeProps) {
  const ancestors = lineage.ancestors.toReversed()
  const depth = ancestors.length
  return (
    <div className="space-y-4">
      <ol aria-label="Ancestors, this process and its children" className="space-y-1">
        {depth === 0 && (
          <li className="text-muted">
            {record.parentImage === null
              ? 'The parent is not reported.'
              : `The start of the parent, ${record.parentImage}, was not recorded.`}
          </li>
        )}
        {ancestors.map((process, index) => (
          <Line key={lineKey(process)} process={process} depth={index} />
        ))}
        <Line process={{ ...record, isExecution: false }} depth={depth} current />
        {lineage.children.map((process) => (
          <Line key={lineKey(process)} process={process} depth={depth + 1} />
        ))}
      </ol>
      {lineage.children.length === 0 && <p className="text-muted">No child process was recorded.</p>}
      {lineage.siblings.length > 0 && (
        <div>
          <h3 className="mb-1 font-medium">Started by the same parent within five minutes</h3>
          <ol className="space-y-1">
            {lineage.siblings.map((process) => (
              <Line key={lineKey(process)} process={process} depth={0} />
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}

type LineProps = {
  process: Pick<NearProcess, 'key' | 'isExecution' | 'image' | 'commandLine' | 'pid'>
  depth: number
  current?: boolean
}

const INDENT_PX = 16
const MAX_INDENT = 8

function Line({ process, depth, current = false }: LineProps) {
  const { key, image, commandLine, pid, isExecution } = process
  const name = image.split(/[\\/]/).at(-1) ?? image
  return (
    <li
      aria-current={current || undefined}
      style={{ marginLeft: Math.min(depth, MAX_INDENT) * INDENT_PX }}
      className={clsx('min-w-0 border-l-2 pl-2', current ? 'border-accent' : 'border-line')}
    >
      <div className="flex flex-wrap gap-x-2">
        {isExecution ? (
          <Link className="link font-medium" href={executionHref(key)} title={image}>
            <InertText text={name} />
          </Link>
        ) : (
          <span className={current ? 'font-semibold' : 'font-medium'} title={image}>
            <InertText text={name} />
          </span>
        )}
        <span className="text-muted text-small">
          {formatUtc(key.occurredAtUs).slice(0, 23)} · process {pid ?? 'unknown'}
        </span>
      </div>
      {!current && commandLine !== null && <CommandLine text={commandLine} image={image} oneLine />}
    </li>
  )
}

function lineKey({ key }: NearProcess): string {
  return `${key.occurredAtUs} ${key.id}`
}
