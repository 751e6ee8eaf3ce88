import { InertText } from '@/components/command-line/inert-text'
import { Link } from '@/components/ui/link'
import { SidePanel } from '@/components/ui/side-panel'
import { ErrorState } from '@/components/ui/state-message'
import { Timestamp } from '@/components/ui/time'
import type { Scope } from '@/lib/pipeline/actor'
import { findExecution } from '@/lib/store/screens/executions/find-execution'
import { readExecutionKey } from '@/lib/store/screens/executions/search'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { ExecutionDetails } from './execution-details'
import { executionHref } from './execution-href'

type ExecutionPanelProps = { scope: Scope; openKey: string; params: SearchParams }

/** One execution over the list, which keeps its place. */
export async function ExecutionPanel({ scope, openKey, params }: ExecutionPanelProps) {
  const closeHref = hrefWithout(params, 'open')
  const key = readExecutionKey(openKey)
  const execution = key && (await findExecution(scope, key))
  if (!execution)
    return (
      <SidePanel title="Execution" closeHref={closeHref}>
        <ErrorState
          title="This execution is not here"
          actions={<Link href={closeHref}>Back to the list</Link>}
        >
          It does not exist, or its host is outside what you may see.
        </ErrorState>
      </SidePanel>
    )
  const title = (
    <>
      {execution.binary} on <InertText text={execution.host} />,{' '}
      <Timestamp at={execution.records[0].key.occurredAtUs} exact />
    </>
  )
  return (
    <SidePanel title={title} closeHref={closeHref} fullPageHref={executionHref(execution.records[0].key)}>
      <ExecutionDetails scope={scope} execution={execution} />
    </SidePanel>
  )
}

function hrefWithout(params: SearchParams, name: string): string {
  const kept = Object.entries(params).flatMap(([key, value]) =>
    key === name || value === undefined ? [] : [value].flat().map((one): [string, string] => [key, one]),
  )
  const query = new URLSearchParams(kept).toString()
  return query === '' ? '/executions' : `/executions?${query}`
}
