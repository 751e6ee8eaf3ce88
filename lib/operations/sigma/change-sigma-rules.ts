import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { deleteSigmaRules, queueSigmaDays, switchSigmaRules } from '@/lib/store/sigma'
import { audited } from '../audited'
import { checked } from '../checked'

const Change = z.object({
  how: z.enum(['turn-on', 'turn-off', 'delete']),
  ids: z.array(z.string().max(80)).min(1, 'Choose rules first.').max(10_000),
})
export type SigmaChange = z.input<typeof Change>

const ACTIONS = {
  'turn-on': 'sigma-rules-turned-on',
  'turn-off': 'sigma-rules-turned-off',
  delete: 'sigma-rules-deleted',
} as const

/** Turns rules on or off, or deletes them, and has the days that it touches computed again. Answers how many rules it changed. */
export async function changeSigmaRules(actor: Actor, submitted: SigmaChange): Promise<number> {
  requirePermission(actor, 'manage-sigma')
  const { how, ids } = checked(Change, submitted)
  const change = { at: now(), accountId: actor.kind === 'account' ? actor.accountId : null }
  const subjectId = ids.length === 1 ? (ids[0] ?? '') : `${ids.length} rules`
  return await audited(
    actor,
    { action: ACTIONS[how], subjectKind: 'sigma-rules', subjectId, detail: { ids } },
    async (tx) => {
      const touched =
        how === 'delete'
          ? await deleteSigmaRules(tx, ids, change)
          : await switchSigmaRules(tx, ids, how === 'turn-on', change)
      if (touched.length === 0)
        throw new ExpectedError('conflict', 'The rules are that way already: look at them as they are now.')
      await queueSigmaDays(tx, { asked: how === 'turn-on', unasked: touched })
      return touched.length
    },
  )
}
