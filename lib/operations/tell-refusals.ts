import { now } from '@/lib/clock'
import { systemActor } from '@/lib/pipeline/actor'
import { takeRefusals } from '@/lib/store/refusals'
import { auditedAll } from './audited'

/** As long as attempts are counted together (sign-in-limit.ts): the log grows by a row an account, kind and quarter of an hour, whatever is tried. */
const TOGETHER_MS = 15 * 60_000

/** Has the audit log say what was refused at the door: how often, when and where from, once for each account and kind. */
export async function tellRefusals(): Promise<void> {
  const before = new Date(now().getTime() - TOGETHER_MS)
  await auditedAll(systemActor('sign-in'), async (tx) => {
    const refusals = await takeRefusals(tx, before)
    const subjects = refusals.map(({ action, accountId, name, attempts, firstAt, lastAt, addresses }) => ({
      action,
      subjectKind: 'account',
      subjectId: accountId ?? 'unknown',
      detail: {
        name: name ?? 'no account',
        attempts,
        from: firstAt.toISOString(),
        to: lastAt.toISOString(),
        addresses,
      },
    }))
    return { result: undefined, subjects }
  })
}
