'use server'

import { z } from 'zod'
import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { checked } from '@/lib/operations/checked'
import { type Merge, mergeHosts, type Split, splitHost } from '@/lib/operations/host-identity'
import { type HostName, loadHostNames } from '@/lib/store/screens/host/names'

const HostIds = z.array(z.int().positive()).max(100)

export async function hostNamesAction(hostIds: number[]): Promise<ActionResult<HostName[]>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => loadHostNames(actor.scope, checked(HostIds, hostIds)))
}

export async function mergeHostsAction(merge: Merge): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => mergeHosts(actor, merge))
}

export async function splitHostAction(split: Split): Promise<ActionResult<number>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => splitHost(actor, split))
}
