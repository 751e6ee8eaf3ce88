import { randomUUID } from 'node:crypto'
import { baseUrl } from '@/lib/env'
import { log } from '@/lib/log'
import { canMail, sendMail } from './notifications/send-mail'

type Person = { name: string; email: string }

/** Sends an administrator's link to its person, where there is a mail server; false when there is none, or it did not take it. */
export async function mailAccountLink(person: Person, { url }: { url: string }): Promise<boolean> {
  return await mail(person, 'Your account at Cordon', [
    `An administrator of Cordon at ${baseUrl()} sends you this link. It lets you choose the password of your account:`,
    url,
    'It works once, within three days. If you did not expect it, tell the administrator, and leave it unopened.',
  ])
}

/** The same for a link that somebody asked for who gave this person's address. */
export async function mailForgottenLink(person: Person, { url }: { url: string }): Promise<boolean> {
  return await mail(person, 'A new password at Cordon', [
    `Somebody, probably you, asked Cordon at ${baseUrl()} for a new password. This link lets you choose one:`,
    url,
    'It works once, within 30 minutes, and your second step is asked for as before. If it was not you, leave it unopened: your password stays as it is.',
  ])
}

async function mail({ name, email }: Person, subject: string, parts: readonly string[]): Promise<boolean> {
  if (!canMail()) return false
  const messageId = `<${randomUUID()}@${new URL(baseUrl()).hostname}>`
  try {
    await sendMail({ to: { name, address: email }, subject, text: parts.join('\n\n'), messageId })
    return true
  } catch (error) {
    log().warn({ err: error }, 'a password link was not mailed')
    return false
  }
}
