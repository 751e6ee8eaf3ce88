import type { Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { choosePassword, invite, newPerson } from './accounts'
import { violations } from './axe'
import { asOwner } from './database'
import { answered, messages } from './page'
import { expect, open, PASSWORD, signIn, submitSignIn, test } from './test'

test.describe.configure({ mode: 'serial' })

const person = newPerson('Tess Two')
let secret = ''
let recoveryCodes: string[] = []

test('an admin invites somebody, confirms that it is them, and hands over a link', async ({
  signInAs,
  page,
}) => {
  const admin = await signInAs('admin')
  const link = await invite(admin, person, 'viewer')
  await expect(admin.getByRole('row').filter({ hasText: person.name })).toContainText('invited')

  await choosePassword(page, link, person.password)
  await signInBy(page)
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
})

test('an authenticator is set up by a picture or a key, and gives recovery codes once', async ({ page }) => {
  await open(page, '/sign-in')
  await signInBy(page)
  await open(page, '/settings')
  await page.getByRole('button', { name: 'Set up an authenticator' }).click()
  await expect(page.getByRole('img', { name: 'QR code of the key below' })).toBeVisible()
  secret = await page.getByTestId('totp-secret').innerText()
  await page.getByLabel('Code that the app shows').fill('000000')
  await page.getByRole('button', { name: 'Turn on two-step sign-in' }).click()
  await expect(messages(page)).toContainText('That is not the code')
  await page.getByLabel('Code that the app shows').fill(code(-1))
  await page.getByRole('button', { name: 'Turn on two-step sign-in' }).click()
  const shown = page.getByTestId('recovery-codes').getByRole('listitem')
  await expect(shown).toHaveCount(10)
  recoveryCodes = await shown.allInnerTexts()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('10 recovery codes left')).toBeVisible()
})

test('the right password alone is told like a wrong one; with the code it signs in, and no code does so twice', async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page, '/sign-in')
  await signInBy(page, 'not the password')
  const wrong = await page.getByRole('main').getByRole('alert').innerText()
  await open(page, '/sign-in')
  await signInBy(page)
  expect(await page.getByRole('main').getByRole('alert').innerText()).toBe(wrong)
  const typed = code()
  await page.getByLabel('Code').fill(typed)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()

  const elsewhere = await browser.newContext({ baseURL })
  const thief = await elsewhere.newPage()
  await open(thief, '/sign-in')
  await signInBy(thief)
  await thief.getByLabel('Code').fill(typed)
  await thief.getByRole('button', { name: 'Sign in', exact: true }).click()
  // the answer has come once the field is empty again
  await expect(thief.getByLabel('Code')).toHaveValue('')
  await expect(thief.getByRole('main').getByRole('alert')).toHaveText(wrong)
  await thief.getByLabel('Code').fill(recoveryCodes[0] ?? '')
  await thief.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(thief.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
  await elsewhere.close()
})

test('an admin resets it, and the person is out until they sign in with the password', async ({
  signInAs,
}) => {
  const admin = await signInAs('admin')
  await open(admin, '/settings/accounts')
  await expect(admin.getByRole('row').filter({ hasText: person.name })).toContainText('two-step')
  await admin.getByRole('button', { name: `Change the account of ${person.name}` }).click()
  await admin.getByRole('menuitem', { name: 'Reset two-step sign-in…' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
  await expect(messages(admin)).toContainText('Two-step sign-in was reset.')
})

test('who has to set up the second step gets nowhere else before', async ({ signInAs, page }) => {
  const admin = await signInAs('admin')
  await open(admin, '/settings/accounts')
  await admin.getByRole('checkbox', { name: 'viewer', exact: true }).check()
  await admin.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(messages(admin)).toContainText('Saved.')
  try {
    await open(page, '/sign-in')
    await signInBy(page)
    await expect(page).toHaveURL('/two-step')
    await page.goto('/hosts')
    await expect(page).toHaveURL('/two-step')
    expect((await page.request.get('/api/search?q=rundll32')).status()).toBe(401)

    // nor does whoever finds the browser left open an hour later
    await letPass('1 hour')
    await page.getByRole('button', { name: 'Set up an authenticator' }).click()
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await expect(dialog).toBeVisible()
    expect(await violations(page)).toEqual([])
    await dialog.getByLabel('Password or code').fill(person.password)
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByRole('img', { name: 'QR code of the key below' })).toBeVisible()
  } finally {
    await admin.getByRole('checkbox', { name: 'viewer', exact: true }).uncheck()
    await answered(admin, () => admin.getByRole('button', { name: 'Save', exact: true }).click())
    await expect(messages(admin).getByText('Saved.')).not.toHaveCount(0)
  }
})

test('a confirmation that is old is asked for again, and what was asked is then done', async ({
  page: admin,
}) => {
  await signIn(admin, 'admin')
  await open(admin, '/settings/accounts')
  await saveMinutes(admin, '15')
  await expect(messages(admin)).toContainText('Saved.')
  await letPass('15 minutes')
  await saveMinutes(admin, '12')
  const dialog = admin.getByRole('dialog', { name: 'Confirm that it is you' })
  // what is confirmed lies behind it
  await expect(dialog).toHaveAccessibleDescription(/^Change who needs two steps to sign in/)
  await dialog.getByLabel('Password or code').fill('not the password')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog).toContainText('That is not right.')
  await dialog.getByLabel('Password or code').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(async () => {
    await admin.reload()
    await expect(admin.getByLabel('A confirmation holds for minutes')).toHaveValue('12', { timeout: 5000 })
  }).toPass()
  await saveMinutes(admin, '10')
  await expect(messages(admin)).toContainText('Saved.')
})

/** As if who signed in last had done so much earlier. */
async function letPass(time: string): Promise<void> {
  const last = 'SELECT id FROM session ORDER BY created_at DESC LIMIT 1'
  await asOwner((owner) =>
    owner.query(`UPDATE session SET proved_at = proved_at - $1::interval WHERE id = (${last})`, [time]),
  )
}

async function saveMinutes(page: Page, minutes: string): Promise<void> {
  await page.getByLabel('A confirmation holds for minutes').fill(minutes)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

function code(steps = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 })
}

async function signInBy(page: Page, password = person.password): Promise<void> {
  await submitSignIn(page, { ...person, password })
  await expect(
    page
      .getByRole('main')
      .getByRole('alert')
      .or(page.getByText('Overview').first())
      .or(page.getByText('Set up an authenticator')),
  ).toBeVisible()
}
