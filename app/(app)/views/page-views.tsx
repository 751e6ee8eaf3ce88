import { may } from '@/lib/pipeline/decision/permissions'
import type { ViewPage } from '@/lib/pipeline/saved-view'
import type { AccountActor } from '@/lib/store/accounts'
import { listViews } from '@/lib/store/screens/saved-views'
import { SavedViews } from './saved-views'

/** What somebody keeps of a list, for its header. */
export async function PageViews({ actor, page }: { actor: AccountActor; page: ViewPage }) {
  const views = await listViews(actor.accountId, page)
  return <SavedViews page={page} views={views} mayShare={may(actor.role, 'triage')} />
}
