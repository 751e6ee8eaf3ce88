import { TriageBadge } from '@/components/state/state-badge'
import { Notice } from '@/components/ui/notice'
import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { mayMoveTo } from '@/lib/pipeline/deviation/triage'
import type { UnseenDeviation } from '@/lib/store/screens/deviations/unseen'
import { ItemTitle } from './item-title'
import { ReopenButton } from './reopen-button'
import { WhatWasSaid } from './what-was-said'

type UnseenDetailsProps = { actor: Actor; item: UnseenDeviation }

/** What people said of an item that nothing on record shows any more. */
export function UnseenDetails({ actor, item }: UnseenDetailsProps) {
  const mayTriage = actorMay(actor, 'triage')
  const target = { id: item.id, version: item.version }
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-1.5">
        <TriageBadge state={item.state} />
        {mayTriage && mayMoveTo(item.state, 'open') && <ReopenButton target={target} />}
        <span className="text-muted">{item.assignee ?? 'Unassigned'}</span>
      </div>
      <Notice className="mb-4">
        Nothing on record shows it any more, so it is in no list. What people said of it stays, and what it
        taught holds until it is reopened.
      </Notice>
      <ItemTitle item={item} />
      <WhatWasSaid scope={actor.scope} target={target} mayTriage={mayTriage} />
    </>
  )
}
