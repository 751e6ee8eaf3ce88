import { z } from 'zod'
import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { pool } from '@/lib/store/pool'
import { loadSetting, lockSettings, putSetting } from '@/lib/store/settings'
import { audited } from '../audited'
import { checked } from '../checked'

const Change = z.object({ twoForFleet: z.boolean() })
export type DecisionSettingsChange = z.input<typeof Change>

/**
 * How many managers a block of the whole fleet takes, from today on; decisions that wait follow it.
 * @throws ExpectedError 'forbidden', or 'invalid-input' where nothing would change
 */
export async function changeDecisionSettings(actor: Actor, submitted: DecisionSettingsChange): Promise<void> {
  requirePermission(actor, 'manage-settings')
  const change = checked(Change, submitted)
  const day = today()
  await audited(
    actor,
    { action: 'settings-changed', subjectKind: 'settings', subjectId: 'decisions', detail: change },
    async (tx) => {
      await lockSettings(tx)
      const { twoForFleet } = await loadSetting(pool(), 'decisions', day)
      if (twoForFleet === change.twoForFleet) throw new ExpectedError('invalid-input', 'Nothing was changed.')
      await putSetting(tx, 'decisions', change, day, actor.kind === 'account' ? actor.accountId : null)
    },
  )
}
