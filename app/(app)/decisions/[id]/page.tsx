import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { DecisionBadge, VerdictBadge } from '@/components/state/state-badge'
import { KeyValueList } from '@/components/ui/key-value-list'
import { PageHeader, Section } from '@/components/ui/page-header'
import { Timestamp } from '@/components/ui/time'
import { requireActor } from '@/lib/access/current-actor'
import { findDecision } from '@/lib/store/screens/decisions'
import { DecisionActions } from '../decision-actions'
import { movesOf } from '../moves-of'
import { EvidenceComparison } from './evidence-comparison'

type Props = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Decision' }

export default async function DecisionPage({ params }: Props) {
  const actor = await requireActor()
  const { id } = await params
  const decision = /^\d{1,9}$/.test(id) ? await findDecision(actor.scope, Number(id)) : null
  if (!decision) notFound()
  return (
    <>
      <PageHeader
        title={
          <>
            {'Decision on '}
            <Link href={`/binaries/${encodeURIComponent(decision.slug)}`} className="hover:underline">
              {decision.binary}
            </Link>
          </>
        }
        badges={
          <>
            <VerdictBadge verdict={decision.verdict} />
            <DecisionBadge state={decision.state} />
          </>
        }
        actions={
          <DecisionActions id={decision.id} version={decision.version} moves={movesOf(actor, decision)} />
        }
      />
      <Section title="Proposal">
        <KeyValueList
          items={[
            {
              label: 'Why',
              value: <span className="wrap-anywhere whitespace-pre-wrap">{decision.justification}</span>,
            },
            { label: 'Where', value: decision.scope },
            {
              label: 'Proposed',
              value: (
                <>
                  {decision.proposedBy}, <Timestamp at={decision.proposedAt} />
                </>
              ),
            },
            {
              label: decision.state === 'proposed' ? 'Decided' : decision.state,
              value:
                decision.decidedAt === null ? (
                  <span className="text-muted">waits for a manager other than {decision.proposedBy}</span>
                ) : (
                  <>
                    {decision.decidedBy ?? decision.proposedBy}, <Timestamp at={decision.decidedAt} />
                  </>
                ),
            },
            ...(decision.comment === null ? [] : [{ label: 'Comment', value: decision.comment }]),
          ]}
        />
      </Section>
      <EvidenceComparison slug={decision.slug} frozen={decision.evidence} now={decision.now} />
    </>
  )
}
