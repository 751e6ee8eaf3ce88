import { now } from '@/lib/clock'
import { workOnWakeUps } from '@/lib/operations/wake-ups'
import type { DeliveryChannel } from '@/lib/pipeline/decision/notification'
import { CHANGES } from '@/lib/store/changes'
import { findNextDue, forgetOldNotifications } from '@/lib/store/notifications/deliveries'
import { followAudit } from '@/lib/store/notifications/follow'
import type { Pool } from '@/lib/store/pool'
import { deliverDue } from './deliver'
import { canMail } from './send-mail'

const DAY_MS = 86_400_000

/** The ways out that work here. */
export function openChannels(): ReadonlySet<DeliveryChannel> {
  return new Set<DeliveryChannel>(canMail() ? ['email', 'webhook'] : ['webhook'])
}

/** Tells people what happened and sends what is due, beside the worker's other work, until stopped. */
export async function runNotifier(pool: Pool, signal: AbortSignal): Promise<void> {
  const isStopped = () => signal.aborted
  let forgotAt = 0
  await workOnWakeUps(pool, { channel: CHANGES, name: 'cordon notifier' }, signal, async () => {
    while (!isStopped() && (await followAudit(pool, openChannels())));
    await deliverDue(pool, isStopped)
    if (now().getTime() - forgotAt > DAY_MS) {
      await forgetOldNotifications(pool)
      forgotAt = now().getTime()
    }
    return await findNextDue(pool)
  })
}
