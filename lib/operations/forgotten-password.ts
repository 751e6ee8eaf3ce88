import { z } from 'zod'
import { takeLink } from '@/lib/access/sign-in-limit'
import { systemActor } from '@/lib/pipeline/actor'
import { prisma } from '@/lib/store/prisma'
import { newLink, PERSONS_LINK, putLink } from './account-link'
import { auditedAll } from './audited'
import { mailForgottenLink } from './mail-account-link'
import { canMail } from './notifications/send-mail'

/** Whom a provider signs in forgets their password there; who was invited has none yet. */
const mayForget = { disabledAt: null, oidcSubject: null, passwordHash: { not: null } }

const Email = z.string().trim().toLowerCase().pipe(z.email().max(320))

/**
 * Mails a link to whoever has an account with a password under this e-mail address, a few times an hour at most; nothing otherwise. To be
 * run after the answer to who asked: neither what it says nor when it comes tells whether there is such an account.
 */
export async function sendForgottenLink(submitted: unknown): Promise<void> {
  const email = Email.safeParse(submitted)
  if (!(canMail() && email.success && (await takeLink(email.data)))) return
  const found = await prisma().account.findFirst({
    where: { email: email.data, ...mayForget },
    select: { id: true, name: true, email: true },
  })
  if (found === null) return
  const made = newLink(PERSONS_LINK)
  const isPut = await auditedAll(systemActor('forgotten password'), async (tx) => {
    // whoever changes the account meanwhile waits, and then voids the link
    await tx.$queryRaw`SELECT id FROM account WHERE id = ${found.id}::uuid FOR UPDATE`
    if ((await tx.account.count({ where: { id: found.id, ...mayForget } })) === 0)
      return { result: false, subjects: [] }
    await putLink(tx, found.id, PERSONS_LINK, made)
    const subject = { action: 'password-link-asked', subjectKind: 'account', subjectId: found.id }
    return { result: true, subjects: [{ ...subject, detail: { name: found.name } }] }
  })
  if (isPut) await mailForgottenLink(found, made.link)
}
