'use server'

import { requireActor, requireFreshSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { type Addition, addCatalogueEntries } from '@/lib/operations/add-catalogue-entries'
import {
  changeCatalogueEntry,
  type EntryChange,
  type EntryTarget,
} from '@/lib/operations/change-catalogue-entry'

export async function addEntriesAction(addition: Addition): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-catalogue')
  return await actionResult(() => addCatalogueEntries(actor, addition))
}

export async function changeEntryAction(
  target: EntryTarget,
  change: EntryChange,
): Promise<ActionResult<void>> {
  return await actionResult(async () =>
    changeCatalogueEntry(await requireFreshSession('manage-catalogue'), target, change),
  )
}
