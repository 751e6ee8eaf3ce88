'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { type Assignment, assignHosts, createHostGroup } from '@/lib/operations/host-groups'

export async function createGroupAction(name: string): Promise<ActionResult<number>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => createHostGroup(actor, name))
}

export async function assignHostsAction(assignment: Assignment): Promise<ActionResult<number>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => assignHosts(actor, assignment))
}
