import { Suspense } from 'react'
import { SuggestionBox } from '@/components/decision/suggestion-box'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { blindHosts, concernsOf } from '@/lib/pipeline/decision/evidence-change'
import { type EntryFacts, listOwners, loadEntryEvidence } from '@/lib/store/screens/decision/form'
import { listGroupChoices } from '@/lib/store/screens/host-groups'
import type { Reader } from '../moves-of'
import { DraftForm, type DraftFormProps } from './draft-form'

type DraftPageProps = Pick<DraftFormProps, 'initial' | 'target' | 'renewsId'> & {
  entry: EntryFacts
  actor: Reader
}

/** The form with what is known of the binary beside it. */
export async function DraftPage({ entry, actor, ...rest }: DraftPageProps) {
  // whoever is the first to ask after an import waits for it, and can begin meanwhile
  const evidence = loadEntryEvidence(actor.scope, entry)
  const seen = evidence.then(({ topParents, topPatterns, topUsers }) => ({
    parents: topParents,
    patterns: topPatterns,
    users: topUsers,
  }))
  const [groups, owners] = await Promise.all([listGroupChoices(actor.scope), listOwners()])
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <DraftForm
        {...rest}
        entry={entry}
        mayFleet={actor.scope.kind === 'all'}
        groups={groups}
        owners={owners}
        seen={seen}
      />
      <aside aria-label="What is known" className="h-fit rounded border p-3">
        <h2 className="font-semibold text-heading">What is known</h2>
        <p className="mb-2 text-muted text-small">On all hosts that you see, wherever the decision holds.</p>
        <Suspense fallback={<Skeleton className="h-40" />}>
          <Known evidence={evidence} name={entry.name} />
        </Suspense>
        <p className="mt-2">
          <Link href={`/binaries/${encodeURIComponent(entry.slug)}`} className="text-accent hover:underline">
            Whether it is needed, and what a block would interrupt
          </Link>
        </p>
      </aside>
    </div>
  )
}

async function Known({ evidence: asked, name }: { evidence: Promise<Evidence>; name: string }) {
  const evidence = await asked
  const { window, executions, hosts, users, patterns, parents, notSeenOn, lastDay, suggestion } = evidence
  if (window === null)
    return (
      <p>There is no telemetry at all: nothing is known of how {name} is used, and nothing is suggested.</p>
    )
  return (
    <div className="space-y-2">
      <p>
        {window.from} to {window.to}:{' '}
        {executions === 0
          ? `${name} was not seen.`
          : `${countOf(executions, 'execution')} on ${countOf(hosts, 'host')} by ${countOf(users, 'user')}, in ${countOf(patterns, 'command pattern')} from ${countOf(parents, 'parent')}; last on ${lastDay}.`}
      </p>
      <p>
        {notSeenOn.full + blindHosts(evidence) === 0
          ? 'Every host uses it.'
          : `Not seen on ${countOf(notSeenOn.full, 'host')} with full coverage${
              blindHosts(evidence) > 0
                ? `, nor on ${blindHosts(evidence)} that report too little to say so`
                : ''
            }.`}
      </p>
      {concernsOf(evidence, 'safe-to-block')
        // a suggestion speaks for itself, before any verdict is chosen, and warns of open deviations
        .filter(({ key }) => key !== 'blind' && !(suggestion && (key === 'open' || key === 'against')))
        .map(({ key, words }) => (
          <p key={key}>{words}</p>
        ))}
      {suggestion && <SuggestionBox label="Suggestion" suggestion={suggestion} />}
    </div>
  )
}
