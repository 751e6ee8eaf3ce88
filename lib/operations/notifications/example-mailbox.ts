import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export type ExampleMailbox = {
  /** For CORDON_SMTP_URL. */
  url: string
  /** What arrived, oldest first: headers and text. */
  mails: string[]
  close: () => Promise<void>
}

/** A mail server for a test, which keeps what it is sent. */
export async function openExampleMailbox(port = 0): Promise<ExampleMailbox> {
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      void text(stream).then((mail) => {
        mails.push(unquoted(mail))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Quoted-printable breaks long lines and writes = as =3D (RFC 2045, 6.7). */
function unquoted(mail: string): string {
  return mail.replaceAll('=\r\n', '').replaceAll('=3D', '=')
}
