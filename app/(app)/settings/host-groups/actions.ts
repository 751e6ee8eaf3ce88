'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { acceptGroupProposal, declineGroupProposal } from '@/lib/operations/group-proposals'
import { changeGroupRules, previewGroupRules, type RulesChange } from '@/lib/operations/group-rules'
import { type Assignment, assignHosts, createHostGroup } from '@/lib/operations/host-groups'
import type { RulesEffect } from '@/lib/pipeline/baseline/group-rules'

export async function createGroupAction(name: string): Promise<ActionResult<number>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => createHostGroup(actor, name))
}

export async function assignHostsAction(assignment: Assignment): Promise<ActionResult<number>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => assignHosts(actor, assignment))
}

export async function previewRulesAction(rules: RulesChange['rules']): Promise<ActionResult<RulesEffect>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => previewGroupRules(actor, rules))
}

export async function changeRulesAction(change: RulesChange): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => changeGroupRules(actor, change))
}

type Accepted = Parameters<typeof acceptGroupProposal>[1]

export async function acceptProposalAction(accepted: Accepted): Promise<ActionResult<number>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => acceptGroupProposal(actor, accepted))
}

export async function declineProposalAction(key: string): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-hosts')
  return await actionResult(() => declineGroupProposal(actor, key))
}
