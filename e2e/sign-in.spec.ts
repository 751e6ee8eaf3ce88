import type { Page } from '@playwright/test'
import { expect, open, PASSWORD, signIn, submitSignIn, test } from './test'

const VIEWER = { email: 'viewer@demo.cordon', password: PASSWORD }
const REFUSED = 'The e-mail address or the password is not right, or a code is needed too.'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

test('a wrong password gives one calm message, and the right one then leads to the overview', async ({
  page,
}) => {
  await signIn(page, 'viewer', 'not the password')
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(REFUSED)
  await expect(page).toHaveURL(/\/sign-in$/)
  // what was typed is kept, so that only the password is typed again
  await expect(page.getByLabel('E-mail')).toHaveValue('viewer@demo.cordon')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
})

test('an address that nobody has gets the same message as a wrong password', async ({ page }) => {
  await open(page, '/sign-in')
  await submitSignIn(page, { email: 'nobody@demo.cordon', password: 'not the password' })
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(REFUSED)
})

test('signing out ends the session, also for who kept its cookies', async ({ page, context }) => {
  await signIn(page, 'viewer')
  const kept = await context.cookies()
  await page.getByRole('button', { name: 'Account of Vera Viewer' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await context.addCookies(kept)
  await page.goto('/hosts')
  await expect(page).toHaveURL('/sign-in?next=%2Fhosts')
})

test('a session that its owner ended elsewhere is sent to sign in', async ({ browser, baseURL, page }) => {
  const elsewhere = await browser.newContext({ baseURL, userAgent: FIREFOX })
  const other = await elsewhere.newPage()
  await signIn(other, 'responder')
  await signIn(page, 'responder')
  await endSessions(page, 'Firefox on Linux')
  await other.goto('/deviations?state=flagged')
  await expect(other).toHaveURL('/sign-in?next=%2Fdeviations%3Fstate%3Dflagged')
  await elsewhere.close()
})

test('who signs in goes on to the page they asked for', async ({ page }) => {
  await open(page, '/binaries?q=mshta')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await submitSignIn(page, VIEWER)
  await expect(page).toHaveURL('/binaries?q=mshta')
})

// every such address is asked of ownPath; that the form goes by its answer, of the one that browsers read most surprisingly
test('signing in does not lead to another site', async ({ page, baseURL }) => {
  await open(page, `/sign-in?next=${encodeURIComponent('/\\example.com')}`)
  await submitSignIn(page, VIEWER)
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
  expect(new URL(page.url()).origin).toBe(new URL(baseURL ?? '').origin)
})

test('an address without a page answers 404', async ({ page }) => {
  const answer = await page.goto('/no-such-page')
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('There is nothing at this address')).toBeVisible()
})

test('what does not exist is said to be missing inside the frame, with a way back', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  for (const path of ['/hosts/999999999', '/binaries/no-such.exe', '/decisions/999999', '/imports/none']) {
    await page.goto(path)
    await expect(page.getByText('There is nothing at this address'), path).toBeVisible()
  }
  await page.getByRole('main').getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
})

test('a role without the permission gets a refusal, not the page', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  for (const path of ['/audit', '/settings/accounts', '/settings/keys', '/settings/catalogue']) {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(403)
    await expect(page.getByText('Your role does not include this')).toBeVisible()
  }
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit log' }),
  ).toHaveCount(0)
})

test('without a session or key no data is answered', async ({ request }) => {
  for (const path of ['/api/exports/decisions.csv', '/api/search?q=rundll32']) {
    expect((await request.get(path)).status(), path).toBe(401)
  }
})

/** Ends every session of a browser in the settings of whoever is signed in. */
async function endSessions(page: Page, browser: string): Promise<void> {
  await open(page, '/settings')
  const sessions = page.getByRole('listitem').filter({ hasText: browser })
  await expect(sessions).not.toHaveCount(0)
  for (let left = await sessions.count(); left > 0; left--) {
    await sessions.first().getByRole('button', { name: 'End' }).click()
    await expect(sessions).toHaveCount(left - 1)
  }
}
