import { z } from 'zod'
import { type Actor, ROLES } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { saveAccessPolicy } from '@/lib/store/access-policy'
import { audited } from './audited'
import { checked } from './checked'

const whole = (words: string, least: number, most: number) => {
  const message = `${words}: give a whole number from ${least} to ${most}.`
  return z.int(message).min(least, message).max(most, message)
}

const Policy = z.object({
  twoStepRoles: z.array(z.enum(ROLES)),
  idleMinutes: whole('Idle minutes', 5, 7 * 24 * 60),
  sessionHours: whole('Hours of a session', 1, 30 * 24),
  freshMinutes: whole('Minutes of a confirmation', 1, 60),
})
export type AccessPolicyDraft = z.input<typeof Policy>

/** An administrator says how people sign in, and for how long; holds for open sessions too. @throws ExpectedError 'forbidden', 'invalid-input' */
export async function changeAccessPolicy(actor: Actor, submitted: AccessPolicyDraft): Promise<void> {
  requirePermission(actor, 'manage-accounts')
  const policy = checked(Policy, submitted)
  await audited(
    actor,
    { action: 'access-policy-changed', subjectKind: 'setting', subjectId: 'access', detail: policy },
    (tx) => saveAccessPolicy(tx, policy),
  )
}
