import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { checked } from '@/lib/operations/checked'
import type { AccountActor } from '@/lib/store/accounts'
import { markRead, queueAgain } from '@/lib/store/notifications/inbox'

const Id = z.string().regex(/^\d{1,18}$/, 'This is no notification.')
const Which = z.union([z.object({ ids: z.array(Id).max(500) }), z.object({ throughId: Id })])

/** Marks notifications of the actor as read. Not audited: it changes nothing for anybody else. @throws ExpectedError 'invalid-input' */
export async function readNotifications(
  { accountId }: AccountActor,
  which: z.input<typeof Which>,
): Promise<void> {
  await markRead(accountId, checked(Which, which))
}

/** Tries a delivery that failed again. @throws ExpectedError 'invalid-input' or 'not-found' */
export async function retryDelivery({ accountId }: AccountActor, deliveryId: string): Promise<void> {
  if (!(await queueAgain(accountId, checked(Id, deliveryId))))
    throw new ExpectedError('not-found', 'There is no failed delivery of yours of that number.')
}
