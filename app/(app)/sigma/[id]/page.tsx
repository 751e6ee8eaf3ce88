import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { SigmaLevelBadge } from '@/components/sigma/level-badge'
import { RuleLinks, webHost } from '@/components/sigma/rule-links'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { PageHeader, Section } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/state-message'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { sigmaCode } from '@/lib/pipeline/deviation/reasons/sigma'
import { storableText } from '@/lib/pipeline/storable-text'
import { findSigmaRule, HIT_DAYS, type SigmaRulePage } from '@/lib/store/screens/sigma/rules'

export const metadata: Metadata = { title: 'Sigma rule' }

export default async function RulePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('view')
  const { id } = await params
  const rule = await findSigmaRule(actor.scope, storableText(decodeURIComponent(id)))
  if (rule === null)
    return (
      <EmptyState
        title="This rule is not here"
        actions={<LinkButton href="/deviations">Deviations</LinkButton>}
      >
        It was deleted, or its set was loaded again without it. Its reasons go once the days are computed
        again.
      </EmptyState>
    )
  return (
    <>
      <PageHeader
        title={rule.title}
        name={rule.title}
        description={rule.description}
        badges={
          <>
            <SigmaLevelBadge level={rule.level} />
            {!rule.enabled && <Badge tone="warn">off</Badge>}
          </>
        }
        actions={
          actorMay(actor, 'manage-sigma') && (
            <LinkButton href={`/settings/sigma?q=${encodeURIComponent(rule.id)}`}>Turn on or off</LinkButton>
          )
        }
      />
      <Section title="Sigma rule">
        <KeyValueList items={factsOf(rule)} />
      </Section>
      <Section title="As it was loaded">
        <pre className="wrap-anywhere whitespace-pre-wrap rounded border bg-surface p-3">
          <code>{rule.text}</code>
        </pre>
      </Section>
    </>
  )
}

function factsOf(rule: SigmaRulePage): { label: string; value: ReactNode }[] {
  const { links } = rule
  const others = links.filter((link) => webHost(link) === null)
  return [
    {
      label: 'Hits',
      value: (
        <Link
          className="link underline"
          href={`/deviations?state=all&below=yes&reason=${encodeURIComponent(sigmaCode(rule.id))}`}
        >
          {countOf(rule.hits, 'event')} on {countOf(rule.hosts, 'host')} in the last {HIT_DAYS} days of
          telemetry
        </Link>
      ),
    },
    {
      label: 'Evaluated on',
      value: `${rule.category.replaceAll('_', ' ')}, ${rule.product ?? 'any system'}`,
    },
    { label: 'Id', value: <code className="wrap-anywhere">{rule.id}</code> },
    { label: 'Rule set', value: rule.set },
    { label: 'Status', value: rule.status ?? 'not said' },
    { label: 'Last changed by its authors', value: rule.modified ?? 'not said' },
    { label: 'Author', value: rule.author || 'not said' },
    { label: 'Tags', value: rule.tags.join(', ') || 'none' },
    {
      label: 'References',
      value: (
        <span className="wrap-anywhere flex flex-wrap gap-x-3">
          <RuleLinks links={links} named={rule.title} />
          {others.join(', ')}
          {links.length === 0 && 'none'}
        </span>
      ),
    },
    ...(rule.unknownFields.length === 0
      ? []
      : [
          {
            label: 'Not stored here',
            value: `${rule.unknownFields.join(', ')}: what the rule asks of it stays unknown, and it is a hit only where that does not matter`,
          },
        ]),
  ]
}
