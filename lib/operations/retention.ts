import { z } from 'zod'
import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { log } from '@/lib/log'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { firstKeptDay, firstRecordDay } from '@/lib/pipeline/retention'
import { forgetOldHosts } from '@/lib/store/ingest/import-hosts'
import { forgetOldOverlaps } from '@/lib/store/ingest/overlap'
import type { Pool } from '@/lib/store/pool'
import {
  changeRetention,
  dropOldFacts,
  moveKeptFrom,
  readRetention,
  removeOldRecords,
} from '@/lib/store/retention'
import { audited } from './audited'
import { checked } from './checked'

const Change = z.object({
  factMonths: z
    .int()
    .min(1, 'Keep one whole month at least.')
    .max(240, 'Give at most 240 months.')
    .nullable(),
  rawDays: z.int().min(1, 'Keep one day at least.').max(7300, 'Give at most 7300 days.').nullable(),
  /** Of the settings as they were read. */
  version: z.int().min(0),
})
export type RetentionChange = z.input<typeof Change>

/**
 * Sets how long facts and original records are kept. The worker lets go of what is older within a minute; that cannot be undone.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when somebody else changed it meanwhile
 */
export async function setRetention(actor: Actor, submitted: RetentionChange): Promise<void> {
  requirePermission(actor, 'manage-settings')
  const { factMonths, rawDays, version } = checked(Change, submitted)
  await audited(
    actor,
    {
      action: 'retention-changed',
      subjectKind: 'settings',
      subjectId: 'retention',
      detail: { factMonths, rawDays },
    },
    async (tx) => {
      if (!(await changeRetention(tx, version, { factMonths, rawDays })))
        throw new ExpectedError(
          'conflict',
          'Somebody else changed what is kept meanwhile: look at it as it is now.',
        )
      await tx.$executeRaw`NOTIFY cordon_work`
    },
  )
}

/** Lets go of what is older than is to be kept. Doing it twice changes nothing. */
export async function letGoOfOld(pool: Pool, isStopped: () => boolean): Promise<void> {
  const { factMonths, rawDays, keptFrom } = await readRetention(pool)
  const day = today()
  if (factMonths !== null) {
    const from = firstKeptDay(day, factMonths)
    if (keptFrom === null || keptFrom < from) await moveKeptFrom(pool, from)
    const tables = await dropOldFacts(pool)
    if (tables > 0) {
      await forgetOldOverlaps(pool, from)
      await forgetOldHosts(pool, from)
      log().info({ tables, from }, 'dropped facts older than are kept')
    }
  }
  if (rawDays === null) return
  for (let more = true; more && !isStopped(); )
    more = (await removeOldRecords(pool, firstRecordDay(day, rawDays))) > 0
}
