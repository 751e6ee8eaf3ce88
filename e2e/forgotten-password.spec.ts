import { openMailbox } from '@/fixtures/mailbox'
import { choosePassword, invite, newPerson } from './accounts'
import { violations } from './axe'
import { unique } from './logs'
import { expect, open, submitSignIn, test } from './test'

const SMTP_URL = process.env['CORDON_SMTP_URL'] ?? ''
test.skip(SMTP_URL === '', 'the server sends no mail')

test('who forgot their password has a link mailed that works once; who has no account is answered alike', async ({
  signInAs,
  page,
}) => {
  const mailbox = await openMailbox(Number(new URL(SMTP_URL).port))
  try {
    const person = newPerson('Fay Forgetful')
    await choosePassword(page, await invite(await signInAs('admin'), person, 'viewer'), person.password)
    mailbox.mails.length = 0

    const ask = async (email: string) => {
      await open(page, '/sign-in')
      await page.getByRole('link', { name: 'Forgot the password?' }).click()
      await expect(page.getByRole('heading', { name: 'Forgot the password' })).toBeVisible()
      await page.getByLabel('E-mail').fill(email)
      await page.getByRole('button', { name: 'Send the link' }).click()
      return await page.getByRole('main').getByRole('status').innerText()
    }
    const answer = await ask(`${unique('nobody')}@demo.cordon`)
    expect(await violations(page)).toEqual([])
    expect(await ask(person.email)).toBe(answer)
    const links = () => mailbox.mails.filter((mail) => mail.includes('asked Cordon'))
    await expect.poll(() => links().length).toBe(1)
    expect(links()[0]).toContain(person.email)

    const link = /http\S+\/password\?token=[\w-]+/.exec(links()[0] ?? '')?.[0] ?? ''
    mailbox.mails.length = 0
    const password = unique('another long password')
    await choosePassword(page, link, password)
    await page.goto(link)
    await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
    await open(page, '/sign-in')
    await submitSignIn(page, { ...person, password })
    await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
    // and they are told, in case that it was not them
    await expect
      .poll(() => mailbox.mails.some((mail) => mail.includes('Your password was set by a link')))
      .toBe(true)
  } finally {
    // the server under test may still be connected
    void mailbox.close()
  }
})
