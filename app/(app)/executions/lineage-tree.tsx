import { clsx } from 'clsx'
import { CommandLine } from '@/components/command-line/command-line'
import { InertText } from '@/components/command-line/inert-text'
import { Details } from '@/components/ui/details'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { OffsetTime, Timestamp } from '@/components/ui/time'
import type { SensorRecord } from '@/lib/store/screens/executions/find-execution'
import type { Lineage } from '@/lib/store/screens/executions/lineage'
import type { NearProcess } from '@/lib/store/screens/executions/near-process'
import { executionHref } from './execution-href'

type LineageTreeProps = { record: SensorRecord; lineage: Lineage }

/** Ancestors above, siblings beside, children below, each in order of time; what was never recorded is said to be so. */
export function LineageTree({ record, lineage }: LineageTreeProps) {
  const since = record.key.occurredAtUs
  const before = lineage.siblings.filter(({ key }) => key.occurredAtUs < since)
  const after = lineage.siblings.filter(({ key }) => key.occurredAtUs >= since)
  let tree = (
    <Branch label="Started by the same parent, in order of time">
      <Siblings processes={before} since={since} nearest="last" />
      <li>
        <Line process={{ ...record, isExecution: false }} since={since} current />
        {lineage.children.length === 0 ? (
          <p className="ml-4 text-muted">No child process was recorded.</p>
        ) : (
          <Branch label="Started by it">
            {lineage.children.map((process) => (
              <li key={lineKey(process)}>
                <Line process={process} since={since} />
              </li>
            ))}
          </Branch>
        )}
      </li>
      <Siblings processes={after} since={since} nearest="first" />
    </Branch>
  )
  for (const process of lineage.ancestors)
    tree = (
      <Branch label="Ancestors and what they started">
        <li>
          <Line process={process} since={since} />
          {tree}
        </li>
      </Branch>
    )
  return (
    <>
      {lineage.ancestors.length === 0 && (
        <p className="mb-1 text-muted">
          {record.parentImage === null ? (
            'The parent is not reported.'
          ) : (
            <>
              The start of the parent, <InertText text={record.parentImage} />, was not recorded.
            </>
          )}
        </p>
      )}
      {tree}
      {lineage.siblings.length > 0 && (
        <p className="mt-2 text-muted text-small">
          Of its parent, what was started within five minutes. Times are from its own start.
        </p>
      )}
    </>
  )
}

function Branch({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <ul aria-label={label} className="mt-1 space-y-1 [ul_&]:ml-3">
      {children}
    </ul>
  )
}

/** Siblings further away than this many are folded. */
const NEAREST = 5

type SiblingsProps = { processes: readonly NearProcess[]; since: number; nearest: 'first' | 'last' }

function Siblings({ processes, since, nearest }: SiblingsProps) {
  const near = nearest === 'first' ? processes.slice(0, NEAREST) : processes.slice(-NEAREST)
  const far = processes.filter((process) => !near.includes(process))
  const folded = far.length > 0 && (
    <li key="folded">
      <Details>
        <summary className="cursor-pointer text-muted">
          {countOf(far.length, 'more sibling')} {nearest === 'first' ? 'after' : 'before'}
        </summary>
        <ul className="mt-1 space-y-1">
          {far.map((process) => (
            <li key={lineKey(process)}>
              <Line process={process} since={since} />
            </li>
          ))}
        </ul>
      </Details>
    </li>
  )
  return (
    <>
      {nearest === 'last' && folded}
      {near.map((process) => (
        <li key={lineKey(process)}>
          <Line process={process} since={since} />
        </li>
      ))}
      {nearest === 'first' && folded}
    </>
  )
}

type LineProps = {
  process: Pick<NearProcess, 'key' | 'isExecution' | 'image' | 'commandLine' | 'pid' | 'user'>
  /** When the execution itself started, µs. */
  since: number
  current?: boolean
}

function Line({ process, since, current = false }: LineProps) {
  const { key, image, commandLine, pid, user, isExecution } = process
  const name = image.split(/[\\/]/).at(-1) ?? image
  return (
    <div
      aria-current={current || undefined}
      className={clsx('min-w-0 border-l-2 pl-2', current ? 'border-accent bg-selected' : 'border-line')}
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
          {current ? (
            <Timestamp at={key.occurredAtUs} exact />
          ) : (
            <OffsetTime at={key.occurredAtUs} since={since} />
          )}
          {pid !== null && ` · process ${pid}`}
          {user !== null && (
            <>
              {' · '}
              <InertText text={user} />
            </>
          )}
        </span>
      </div>
      {!current && commandLine !== null && <CommandLine text={commandLine} image={image} oneLine />}
    </div>
  )
}

function lineKey({ key }: NearProcess): string {
  return `${key.occurredAtUs} ${key.id}`
}
