import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { InertText } from '@/components/command-line/inert-text'
import { PageHeader } from '@/components/ui/page-header'
import { Timestamp } from '@/components/ui/time'
import { requireActor } from '@/lib/access/current-actor'
import { findExecution } from '@/lib/store/screens/executions/find-execution'
import { readExecutionKey } from '@/lib/store/screens/executions/search'
import { ExecutionDetails } from '../../../execution-details'

export const metadata: Metadata = { title: 'Execution' }

type ExecutionPageProps = { params: Promise<{ host: string; at: string; id: string }> }

export default async function ExecutionPage({ params }: ExecutionPageProps) {
  const { scope } = await requireActor()
  const { host, at, id } = await params
  const key = readExecutionKey(`${host}.${at}.${id}`)
  const execution = key && (await findExecution(scope, key))
  if (!execution) notFound()
  return (
    <div className="max-w-5xl">
      <PageHeader
        title={
          <>
            {execution.binary} on <InertText text={execution.host} />
          </>
        }
        name={`${execution.binary} on ${execution.host}`}
        description={<Timestamp at={execution.records[0].key.occurredAtUs} exact />}
      />
      <ExecutionDetails scope={scope} execution={execution} />
    </div>
  )
}
