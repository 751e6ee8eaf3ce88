import { InertText } from '@/components/command-line/inert-text'
import { SidePanel } from '@/components/table/side-panel'
import { Link } from '@/components/ui/link'
import { ErrorState } from '@/components/ui/state-message'
import { Timestamp } from '@/components/ui/time'
import type { Scope } from '@/lib/pipeline/actor'
import { findExecution } from '@/lib/store/screens/executions/find-execution'
import { readExecutionKey } from '@/lib/store/screens/executions/search'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { pageHref } from '../page-href'
import { ExecutionDetails } from './execution-details'
import { executionHref } from './execution-href'

type ExecutionPanelProps = { scope: Scope; openKey: string; params: SearchParams }

/** One execution over the list, which keeps its place. */
export async function ExecutionPanel({ scope, openKey, params }: ExecutionPanelProps) {
  const key = readExecutionKey(openKey)
  const execution = key && (await findExecution(scope, key))
  if (!execution)
    return (
      <SidePanel id={openKey} title="Execution">
        <ErrorState
          title="This execution is not here"
          actions={<Link href={pageHref('/executions', params, 'open', null)}>Back to the list</Link>}
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
    <SidePanel id={openKey} title={title} fullPageHref={executionHref(execution.records[0].key)}>
      <ExecutionDetails scope={scope} execution={execution} />
    </SidePanel>
  )
}
