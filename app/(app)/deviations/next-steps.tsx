import { LinkButton } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import type { HostOfDeviation } from '@/lib/store/screens/deviations/hosts'
import type { DeviationItem } from '@/lib/store/screens/deviations/list'
import { EmergencyButton } from '../binaries/[slug]/emergency-button'
import { executionsHref, executionsQuery } from './columns'

/** So many names an address can bring. */
const IN_ADDRESS = 10

type NextStepsProps = { item: DeviationItem; hosts: readonly HostOfDeviation[]; actor: Actor }

/** What a responder does after ruling an item malicious. */
export function NextSteps({ item, hosts, actor }: NextStepsProps) {
  const { slug, binary, executions } = item
  // all of them, or none: some would look like all
  const names = item.hosts > hosts.length ? [] : [...new Set(hosts.map(({ host }) => host))]
  return (
    <Section title="What now" description="It was ruled malicious.">
      <ul className="list-disc space-y-1.5 pl-5">
        <li>
          See how far it went:{' '}
          <a href="#hosts" className="link">
            {countOf(item.hosts, 'host')}
          </a>
          ,{' '}
          <Link href={executionsHref(item)} className="link">
            {countOf(executions, 'execution')}
          </Link>
          , and{' '}
          <a href="#related" className="link">
            what may belong to it
          </a>
          .
        </li>
        {actorMay(actor, 'declare-incident') && (
          <li>
            Keep the days of its hosts from teaching anything:{' '}
            <Link
              href={`/hosts/incidents?host=${encodeURIComponent(names.length <= IN_ADDRESS ? names.join(', ') : '')}`}
              className="link"
            >
              declare an incident
            </Link>
            .
          </li>
        )}
        <li>
          Hand it over:{' '}
          <a href={`/api/exports/executions.csv?${executionsQuery(item)}`} download className="link">
            executions as CSV
          </a>
          ; a rule, searches and a text for a ticket are{' '}
          <a href="#copy" className="link">
            below
          </a>
          .
        </li>
      </ul>
      {actorMay(actor, 'propose') && (
        <div className="mt-3 flex flex-wrap gap-2">
          <EmergencyButton slug={slug} name={binary} mayFleet={actor.scope.kind === 'all'} hosts={names} />
          <LinkButton href={`/decisions/new?binary=${encodeURIComponent(slug)}`}>Decide on it…</LinkButton>
        </div>
      )}
    </Section>
  )
}
