'use server'

import { headers } from 'next/headers'
import { after } from 'next/server'
import { clientAddress } from '@/lib/access/client-address'
import { requireLinkAttempt } from '@/lib/access/sign-in-limit'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { log } from '@/lib/log'
import { sendForgottenLink } from '@/lib/operations/forgotten-password'

/** Answers the same, and as fast, whether or not anybody has the address: what follows from it is done after the answer. */
export async function askForLinkAction(
  _previous: ActionResult<null> | null,
  form: FormData,
): Promise<ActionResult<null>> {
  const email = String(form.get('email') ?? '')
  const address = clientAddress(await headers())
  return await actionResult(async () => {
    await requireLinkAttempt(address)
    after(() => sendForgottenLink(email).catch((error) => log().error({ err: error }, 'forgotten password')))
    return null
  })
}
