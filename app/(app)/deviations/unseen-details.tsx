import { CommandLine } from '@/components/command-line/command-line'
import { TriageBadge } from '@/components/state/state-badge'
import { Link } from '@/components/ui/link'
import { Section } from '@/components/ui/page-header'
import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { mayMoveTo } from '@/lib/pipeline/deviation/triage'
import { listDeviationChanges, listDeviationRulings } from '@/lib/store/screens/deviations/history'
import type { UnseenDeviation } from '@/lib/store/screens/deviations/unseen'
import { ChangeList } from './change-list'
import { NoteForm } from './note-form'
import { ReopenButton } from './reopen-button'
import { RulingList } from './ruling-list'

type UnseenDetailsProps = { actor: Actor; item: UnseenDeviation }

/** What people said of an item that nothing on record shows any more. */
export async function UnseenDetails({ actor, item }: UnseenDetailsProps) {
  const [rulings, changes] = await Promise.all([
    listDeviationRulings(actor.scope, item.id),
    listDeviationChanges(item.id),
  ])
  const mayTriage = actorMay(actor, 'triage')
  const target = { id: item.id, version: item.version }
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-1.5">
        <TriageBadge state={item.state} />
        {mayTriage && mayMoveTo(item.state, 'open') && <ReopenButton target={target} />}
        <span className="text-muted">{item.assignee ?? 'Unassigned'}</span>
      </div>
      <p className="mb-4 rounded border border-transparent bg-warn-soft px-3 py-2">
        Nothing on record shows it any more, so it is in no list. What people said of it stays, and what it
        taught holds until it is reopened.
      </p>
      <div className="mb-6 space-y-2">
        <CommandLine text={item.title} />
        <p className="text-muted">
          <Link className="link underline" href={`/binaries/${encodeURIComponent(item.slug)}`}>
            {item.binary}
          </Link>
        </p>
      </div>
      <Section title="What it taught">
        <RulingList rulings={rulings} />
      </Section>
      <Section title="History">
        <ChangeList changes={changes} />
        {mayTriage && <NoteForm target={target} />}
      </Section>
    </>
  )
}
