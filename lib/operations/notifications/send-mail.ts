import nodemailer from 'nodemailer'
import { env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'

const TIMEOUT_MS = 15_000

export type Mail = { to: { name: string; address: string }; subject: string; text: string; messageId: string }

/** Whether an administrator gave a mail server. */
export function canMail(): boolean {
  return env('CORDON_SMTP_URL') !== undefined
}

/** Sends a plain text. @throws ExpectedError 'unavailable' with what the mail server said */
export async function sendMail({ to, subject, text, messageId }: Mail): Promise<void> {
  const url = env('CORDON_SMTP_URL')
  if (url === undefined) throw new ExpectedError('unavailable', 'No mail server is set: CORDON_SMTP_URL.')
  const transport = nodemailer.createTransport(
    {
      url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // a text is a text: nothing in it is read from a file or fetched
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: { name: 'Cordon', address: env('CORDON_SMTP_FROM') ?? 'cordon@localhost' } },
  )
  try {
    await transport.sendMail({
      to,
      subject: oneLine(subject),
      text,
      messageId,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } catch (error) {
    throw refused(error)
  } finally {
    transport.close()
  }
}

function refused(cause: unknown): ExpectedError {
  const said = cause instanceof Error ? oneLine(cause.message).slice(0, 300) : ''
  return new ExpectedError('unavailable', `The mail server did not take it: ${said}`, { cause })
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
