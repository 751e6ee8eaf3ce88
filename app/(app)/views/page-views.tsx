import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import type { ViewPage } from '@/lib/pipeline/saved-view'
import { listViews } from '@/lib/store/screens/saved-views'
import { SavedViews } from './saved-views'

type PageViewsProps = { actor: Extract<Actor, { kind: 'account' }>; page: ViewPage }

/** What somebody keeps of a list, for its header. */
export async function PageViews({ actor, page }: PageViewsProps) {
  const views = await listViews(actor.accountId, page)
  return <SavedViews page={page} views={views} mayShare={actorMay(actor, 'triage')} />
}
