import Link from 'next/link'
import { CommandLine } from '@/components/command-line/command-line'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/page-header'
import { Timestamp } from '@/components/ui/time'
import type { Scope } from '@/lib/pipeline/actor'
import { type Execution, findExecution } from '@/lib/store/screens/executions/find-execution'
import { findLineage } from '@/lib/store/screens/executions/lineage'
import type { ExecutionKey } from '@/lib/store/screens/executions/search'
import { commandLineParts } from '../executions/command-line-parts'
import { executionHref } from '../executions/execution-href'
import { LineageTree } from '../executions/lineage-tree'

type TopExecutionProps = { scope: Scope; keys: readonly ExecutionKey[] }

/** The executions of the highest-scoring use: command lines as recorded, and what ran around the first. */
export async function TopExecution({ scope, keys }: TopExecutionProps) {
  const found = await Promise.all(keys.map((key) => findExecution(scope, key)))
  const executions = found.filter((one) => one !== null)
  const [first] = executions
  if (first === undefined) return null
  // GUIDs lead further than process numbers, which are used again
  const traced = first.records.find(({ parentGuid }) => parentGuid !== null) ?? first.records[0]
  return (
    <>
      <Section title="As recorded" description="The first executions of its highest-scoring use that day.">
        <ol className="space-y-4">
          {executions.map((execution) => (
            <li key={execution.records[0].key.id}>
              <Recorded execution={execution} />
            </li>
          ))}
        </ol>
      </Section>
      <Section title="Lineage" description="From every process creation that is kept, proxy binary or not.">
        <LineageTree record={traced} lineage={await findLineage(scope, traced)} />
      </Section>
    </>
  )
}

function Recorded({ execution: { records, slug } }: { execution: Execution }) {
  const spoken = records.find(({ commandLine }) => commandLine !== null) ?? records[0]
  const { key, image, parentImage, user } = spoken
  return (
    <div className="space-y-2">
      <CommandLine
        text={spoken.commandLine}
        image={image}
        parts={commandLineParts(slug, spoken.commandLine, image)}
      />
      <KeyValueList
        items={[
          {
            label: 'When',
            value: (
              <>
                <Timestamp at={key.occurredAtUs} />{' '}
                <Link className="link" href={executionHref(key)}>
                  raw event
                </Link>
              </>
            ),
          },
          { label: 'Image', value: <code className="wrap-anywhere">{image}</code> },
          { label: 'Parent', value: parentImage && <code className="wrap-anywhere">{parentImage}</code> },
          { label: 'User', value: user && <bdi>{user}</bdi> },
        ]}
      />
    </div>
  )
}
