import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { findEntryFacts, findRingProblem } from '@/lib/store/screens/decision/form'
import { findDecision, ringPlanOf } from '@/lib/store/screens/decisions'
import { DraftPage } from '../../draft-form/draft-page'
import { draftProblems, valuesOf } from '../../draft-form/initial-values'

export const metadata: Metadata = { title: 'Draft' }

export default async function EditDraftPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('propose')
  const { id } = await params
  const decision = /^\d{1,9}$/.test(id) ? await findDecision(actor.scope, Number(id), judgeOf(actor)) : null
  if (!decision) notFound()
  if (decision.state !== 'draft') redirect(`/decisions/${id}`)
  const entry = await findEntryFacts(decision.slug)
  if (!entry) notFound()
  const ringProblem = await findRingProblem({ ...decision, rings: ringPlanOf(decision) })
  const problems = [...draftProblems(decision), ...(ringProblem === null ? [] : [ringProblem])]
  return (
    <>
      <PageHeader
        title={`Draft on ${entry.name}`}
        name={`Decision ${decision.id} on ${entry.name}`}
        description={
          problems.length === 0
            ? 'Nothing is asked of anybody before you propose it.'
            : `Before it is audited or proposed: ${problems.join(' ')}`
        }
      />
      <DraftPage
        entry={entry}
        actor={actor}
        initial={await valuesOf(actor.scope, decision)}
        target={{ id: decision.id, version: decision.version }}
        renewsId={decision.renewsId}
      />
    </>
  )
}
