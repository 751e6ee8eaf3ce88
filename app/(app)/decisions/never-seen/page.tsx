import type { Metadata } from 'next'
import { LinkButton } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/state-message'
import { requireActor } from '@/lib/access/current-actor'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { blindHosts, notNeverSeen } from '@/lib/pipeline/decision/evidence-change'
import { listUnseen, loadEntryEvidence } from '@/lib/store/screens/decision/form'
import { usualReview } from '../draft-form/initial-values'
import { NeverSeenForm } from './never-seen-form'

export const metadata: Metadata = { title: 'Binaries never seen' }

export default async function NeverSeenPage() {
  const actor = await requireActor('propose')
  const unseen = await listUnseen(actor.scope)
  const [first] = unseen
  // how well hosts are covered is the same for each of them
  const evidence = first === undefined ? null : await loadEntryEvidence(actor.scope, first)
  const problems = evidence === null ? [] : notNeverSeen(evidence)
  return (
    <>
      <PageHeader
        title="Binaries never seen"
        description="Binaries that attackers run their code through, that never ran on your hosts, and that nobody decided on. Propose to block them as one: each keeps its own evidence and history, and a manager answers once."
      />
      {unseen.length === 0 ? (
        <EmptyState
          title="Nothing is left to propose so"
          actions={<LinkButton href="/binaries?decision=undecided">Undecided binaries</LinkButton>}
        >
          Every binary ran here, or is decided on.
        </EmptyState>
      ) : problems.length > 0 ? (
        <EmptyState
          title="Not enough is known to call them never seen"
          actions={<LinkButton href="/hosts">Hosts and their coverage</LinkButton>}
        >
          {problems.join(' ')} Nothing is suggested until the hosts report enough.
        </EmptyState>
      ) : (
        <>
          {evidence !== null && <Sight evidence={evidence} />}
          <NeverSeenForm unseen={unseen} reviewOn={usualReview()} />
        </>
      )}
    </>
  )
}

/** How well hosts were watched: what “never seen” stands on. */
function Sight({ evidence }: { evidence: Evidence }) {
  const { window, notSeenOn } = evidence
  const blind = blindHosts(evidence)
  return (
    <p className="mb-3">
      Not seen from {window?.from} to {window?.to} on {countOf(notSeenOn.full, 'host')} with full coverage
      {blind > 0 &&
        `; ${countOf(blind, 'host')} more ${blind === 1 ? 'reports' : 'report'} too little to say so`}
      .
    </p>
  )
}
