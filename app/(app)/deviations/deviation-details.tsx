import { countOf, formatBits } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import type { TicketFacts } from '@/lib/pipeline/export/detection/pattern-ticket'
import { listAssignees } from '@/lib/store/screens/deviations/history'
import { listHostsOfDeviation } from '@/lib/store/screens/deviations/hosts'
import { findJudgement, type Judgement } from '@/lib/store/screens/deviations/judgement'
import type { DeviationDetail } from '@/lib/store/screens/deviations/list'
import { listIncidentsOfDeviation } from '@/lib/store/screens/incidents'
import { type NamedReason, nameReasons } from '@/lib/store/screens/sigma/named-reasons'
import { reasonsText } from '../executions/reasons-text'
import { IncidentBanner } from '../hosts/incidents/incident-banner'
import { FeatureFacts } from './feature-facts'
import { HostList } from './host-list'
import { ItemTitle } from './item-title'
import { NextSteps } from './next-steps'
import { ReasonBars } from './reason-bars'
import { RelatedItems } from './related-items'
import { TopExecution } from './top-execution'
import { TriageBar } from './triage-bar'
import { WhatWasSaid } from './what-was-said'
import { Why } from './why'

type DeviationDetailsProps = DeviationDetail & { actor: Extract<Actor, { kind: 'account' }> }

/** Everything that a responder needs to judge one item. */
export async function DeviationDetails({ actor, item, deviation }: DeviationDetailsProps) {
  const { scope } = actor
  const [judgement, { hosts, total }, assignees, incidents] = await Promise.all([
    findJudgement(scope, deviation),
    listHostsOfDeviation(scope, deviation),
    listAssignees(),
    listIncidentsOfDeviation(scope, item.id),
  ])
  const [reasons = []] = await nameReasons([judgement?.score.reasons ?? []])
  const mayTriage = actorMay(actor, 'triage')
  const who = { accountId: actor.accountId, name: actor.name, mayTriage, seesFleet: scope.kind === 'all' }
  return (
    <>
      <IncidentBanner
        incidents={incidents}
        consequence="seen on its hosts; those days teach nothing and are judged"
      />
      <TriageBar item={item} actor={who} assignees={assignees} />
      <ItemTitle item={item}>
        {item.techniques.length > 0 && `, known for ${item.techniques.join(', ')}`}
      </ItemTitle>
      {item.state === 'malicious' && <NextSteps item={item} hosts={hosts} actor={actor} />}
      {judgement !== null && (
        <>
          <Section title="Why">
            <Why judgement={judgement} />
          </Section>
          <Section
            title="Reasons"
            description="In bits, of its highest-scoring use. What is unusual is so compared with normal use here; the rest is risky anywhere, or was seen around it. Below zero is what makes it less suspect."
          >
            <ReasonBars reasons={reasons} />
          </Section>
          <Section title="Beside what is normal">
            <FeatureFacts
              slug={item.slug}
              withHost={judgement.incidentId === null}
              features={judgement.features}
              group={judgement.group}
            />
          </Section>
        </>
      )}
      <Section title="Hosts" id="hosts">
        <HostList item={item} hosts={hosts} total={total} />
      </Section>
      <Section title="Related" id="related" description="Other deviations that may belong to the same story.">
        <RelatedItems scope={scope} id={item.id} />
      </Section>
      {judgement !== null && (
        <TopExecution
          scope={scope}
          keys={judgement.executions}
          judged={judgedFacts(item, judgement, reasons)}
          href={`/deviations/${item.id}`}
        />
      )}
      <WhatWasSaid scope={scope} target={{ id: item.id, version: item.version }} mayTriage={mayTriage} />
    </>
  )
}

/** Why it is a deviation, for a ticket. */
function judgedFacts(
  { hosts, executions, title }: DeviationDetail['item'],
  { score, explanation }: Judgement,
  reasons: readonly NamedReason[],
): TicketFacts {
  return [
    { label: 'Deviation', value: title },
    { label: 'Why', value: explanation.sentence },
    { label: 'Score', value: formatBits(score.scoreMillibits) },
    { label: 'Reasons', value: reasonsText(reasons) },
    { label: 'Seen', value: `${countOf(executions, 'execution')} on ${countOf(hosts, 'host')}` },
  ]
}
