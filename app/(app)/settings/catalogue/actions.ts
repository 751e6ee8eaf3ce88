'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { type Addition, addCatalogueEntries } from '@/lib/operations/add-catalogue-entries'
import {
  changeCatalogueEntry,
  type EntryChange,
  type EntryTarget,
} from '@/lib/operations/change-catalogue-entry'
import type { Rematched } from '@/lib/operations/rematch-catalogue'

export async function addEntriesAction(addition: Addition): Promise<ActionResult<Rematched>> {
  const actor = await requireActor('manage-catalogue')
  return await actionResult(() => addCatalogueEntries(actor, addition))
}

export async function changeEntryAction(
  target: EntryTarget,
  change: EntryChange,
): Promise<ActionResult<Rematched>> {
  const actor = await requireActor('manage-catalogue')
  return await actionResult(() => changeCatalogueEntry(actor, target, change))
}
