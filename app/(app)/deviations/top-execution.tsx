import { CommandLine } from '@/components/command-line/command-line'
import { InertText } from '@/components/command-line/inert-text'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { Section } from '@/components/ui/page-header'
import { Timestamp } from '@/components/ui/time'
import type { Scope } from '@/lib/pipeline/actor'
import type { TicketFacts } from '@/lib/pipeline/export/detection/pattern-ticket'
import { type Execution, findExecution } from '@/lib/store/screens/executions/find-execution'
import type { ExecutionKey } from '@/lib/store/screens/executions/search'
import { commandLineParts } from '../executions/command-line-parts'
import { CopyAs } from '../executions/copy-as'
import { DecodedText } from '../executions/decoded-text'
import { executionHref } from '../executions/execution-href'
import { ProcessStory } from '../executions/process-story'

type TopExecutionProps = {
  scope: Scope
  keys: readonly ExecutionKey[]
  /** Why it is a deviation, for a ticket. */
  judged: TicketFacts
  /** The page of the deviation. */
  href: string
}

/** The executions of the highest-scoring use: command lines as recorded, and what is known of the first. */
export async function TopExecution({ scope, keys, judged, href }: TopExecutionProps) {
  const found = await Promise.all(keys.map((key) => findExecution(scope, key)))
  const executions = found.filter((one) => one !== null)
  const [first] = executions
  if (first === undefined) return null
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
      <CopyAs execution={first} judged={judged} href={href} />
      <ProcessStory scope={scope} execution={first} />
    </>
  )
}

function Recorded({ execution }: { execution: Execution }) {
  const { records } = execution
  const spoken = records.find(({ commandLine }) => commandLine !== null) ?? records[0]
  const { key, image, parentImage, user } = spoken
  return (
    <div className="space-y-2">
      <CommandLine text={spoken.commandLine} image={image} parts={commandLineParts(execution, spoken)} />
      <DecodedText commandLine={spoken.commandLine} />
      <KeyValueList
        items={[
          {
            label: 'When',
            value: (
              <>
                <Timestamp at={key.occurredAtUs} />{' '}
                <Link className="link" href={executionHref(key)}>
                  this execution
                </Link>
              </>
            ),
          },
          { label: 'Image', value: <code className="wrap-anywhere">{image}</code> },
          { label: 'Parent', value: parentImage && <code className="wrap-anywhere">{parentImage}</code> },
          { label: 'User', value: user && <InertText text={user} /> },
        ]}
      />
    </div>
  )
}
