import { randomUUID } from 'node:crypto'
import { baseUrl } from '@/lib/env'
import { log } from '@/lib/log'
import { canMail, sendMail } from './notifications/send-mail'

/** Sends a password link to its person, where an administrator gave a mail server; false when that is not so, or the server did not take it. */
export async function mailAccountLink(
  { name, email }: { name: string; email: string },
  { url }: { url: string },
): Promise<boolean> {
  if (!canMail()) return false
  const text = [
    `An administrator of Cordon at ${baseUrl()} sends you this link. It lets you choose the password of your account:`,
    url,
    'It works once, within three days. If you did not expect it, tell the administrator, and leave it unopened.',
  ].join('\n\n')
  const messageId = `<${randomUUID()}@${new URL(baseUrl()).hostname}>`
  try {
    await sendMail({ to: { name, address: email }, subject: 'Your account at Cordon', text, messageId })
    return true
  } catch (error) {
    // the administrator has the link, and is told that it was not sent
    log().warn({ err: error }, 'a password link was not mailed')
    return false
  }
}
