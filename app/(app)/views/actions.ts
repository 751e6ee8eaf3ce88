'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { changeView, deleteView, saveView, setDefaultView } from '@/lib/operations/saved-views'
import type { ViewPage } from '@/lib/pipeline/saved-view'

type View = { page: ViewPage; name: string; query: string; shared: boolean }

export async function saveViewAction(view: View): Promise<ActionResult<string>> {
  const actor = await requireActor()
  return await actionResult(() => saveView(actor, view))
}

export async function changeViewAction(
  target: { id: string; version: number },
  change: Partial<Omit<View, 'page'>>,
): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => changeView(actor, target, change))
}

export async function deleteViewAction(id: string): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => deleteView(actor, id))
}

export async function setDefaultViewAction(
  page: ViewPage,
  viewId: string | null,
): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => setDefaultView(actor, page, viewId))
}
