'use server'

import { z } from 'zod'
import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { checked } from '@/lib/operations/checked'
import { type Merge, mergeHosts, Split, splitHost } from '@/lib/operations/host-identity'
import { loadMergePreview, type MergePreview } from '@/lib/store/screens/host/merge-preview'
import { loadSplitPreview, type SplitPreview } from '@/lib/store/screens/host/split-preview'

const HostIds = z.array(z.int().positive()).max(100)

export async function previewMergeAction(hostIds: number[]): Promise<ActionResult<MergePreview>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => loadMergePreview(actor.scope, checked(HostIds, hostIds)))
}

export async function mergeHostsAction(merge: Merge): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => mergeHosts(actor, merge))
}

export async function previewSplitAction(split: Split): Promise<ActionResult<SplitPreview>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => {
    const { hostId, names } = checked(Split, split)
    return loadSplitPreview(actor.scope, hostId, names)
  })
}

export async function splitHostAction(split: Split): Promise<ActionResult<number>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => splitHost(actor, split))
}
