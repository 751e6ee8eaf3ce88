import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Page } from '@playwright/test'
import Provider from 'oidc-provider'
import { expect, open, test } from './test'

const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '', BASE_URL = '' } = process.env

/** Who the provider knows, and their groups there. */
const GROUPS: Record<string, string[]> = { lena: ['staff', 'leads'], sam: ['staff'], viewer: ['leads'] }

test.describe.configure({ mode: 'serial' })
test.skip(OIDC_ISSUER === '', 'the server knows no OpenID provider')
let server: Server

test.beforeAll(async () => {
  const provider = new Provider(OIDC_ISSUER, {
    clients: [
      {
        client_id: OIDC_CLIENT_ID,
        client_secret: OIDC_CLIENT_SECRET,
        redirect_uris: [`${BASE_URL}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [`${BASE_URL}/sign-in`],
      },
    ],
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], groups: ['groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['only for this test'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `${id} of the provider`,
        email: `${id}@demo.cordon`,
        groups: GROUPS[id] ?? [],
      }),
    }),
  })
  server = provider.listen(Number(new URL(OIDC_ISSUER).port))
  await once(server, 'listening')
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('who signs in with the provider has the role of their groups, and signing out ends both sessions', async ({
  page,
}) => {
  await signInWith(page, 'lena', '/decisions')
  await expect(page).toHaveURL('/decisions')
  await open(page, '/settings')
  await expect(page.getByRole('definition').filter({ hasText: 'manager' })).toBeVisible()
  await expect(page.getByText('Change your password there.')).toBeVisible()
  await page.getByRole('button', { name: 'Account of lena of the provider' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await expect(page).toHaveURL('/sign-in')
  // the provider asks again who it is
  await page.getByRole('button', { name: 'Sign in with the test provider' }).click()
  await expect(page.locator('input[name=login]')).toBeVisible()
})

test('who has no group with a role is told so, and has no session', async ({ page }) => {
  await signInWith(page, 'sam', '/')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('none of your groups has a role here')
  await page.goto('/hosts')
  await expect(page).toHaveURL('/sign-in?next=%2Fhosts')
})

test('the provider’s word about an address opens no account that was made here', async ({ page }) => {
  await signInWith(page, 'viewer', '/')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('has an account of its own here')
})

test('an answer of the provider that nobody here asked for opens nothing', async ({ page }) => {
  await page.goto(`/api/auth/callback/oidc?code=stolen&state=made-up&iss=${encodeURIComponent(OIDC_ISSUER)}`)
  await expect(page).toHaveURL(/\/sign-in\?error=/)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Signing in did not work')
})

test('before what needs a fresh proof the provider asks again; coming back without having been asked proves nothing', async ({
  page,
}) => {
  await signInWith(page, 'lena', '/settings/notifications')
  await expect(page).toHaveURL('/settings/notifications')
  const choice = page.getByRole('checkbox', { name: 'My own account: Bell' })
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  const before = await choice.isChecked()
  const proveAgain = async () => {
    await choice.click()
    await dialog.getByRole('button', { name: 'Sign in again' }).click()
  }
  await test.step('whoever sits at the browser takes the question out of the request', async () => {
    const asked = `${OIDC_ISSUER}/auth?**prompt=login**`
    await page.route(asked, async (route) => {
      const url = new URL(route.request().url())
      for (const name of ['prompt', 'max_age']) url.searchParams.delete(name)
      await route.fulfill({ status: 302, headers: { location: url.toString() } })
    })
    await proveAgain()
    await expect(page.getByRole('heading', { name: 'You are still signed in' })).toBeVisible()
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Nothing was confirmed')
    await page.unroute(asked)
  })
  await open(page, '/settings/notifications')
  await proveAgain()
  await page.locator('input[name=login]').fill('lena')
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await expect(page).toHaveURL('/settings/notifications')
  await open(page, '/settings/notifications')
  const saved = page.waitForResponse((answer) => answer.request().headers()['next-action'] !== undefined)
  await choice.click()
  await saved
  await expect(dialog).toBeHidden()
  await open(page, '/settings/notifications')
  await expect(choice).toBeChecked({ checked: !before })
})

async function signInWith(page: Page, login: string, next: string): Promise<void> {
  await open(page, `/sign-in?next=${encodeURIComponent(next)}`)
  await page.getByRole('button', { name: 'Sign in with the test provider' }).click()
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}
