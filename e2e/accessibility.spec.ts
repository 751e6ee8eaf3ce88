import type { Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { expect, open, test } from './test'
import { watch } from './watch'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const WIDTHS = [1280, 820, 390]

/** Pages with an address of their own. */
const PAGES = [
  '/',
  '/deviations',
  '/deviations?state=all&q=nothing-has-this-name',
  '/binaries',
  '/binaries/rundll32.exe',
  '/hosts',
  '/hosts/1',
  '/hosts/incidents',
  '/executions',
  '/decisions',
  '/decisions?q=nothing-has-this-name',
  '/decisions/new?binary=rundll32.exe',
  '/decisions/never-seen',
  '/policies',
  '/policies/detections',
  '/policies/collection',
  '/policies/versions',
  '/attempts',
  '/attempts?q=nothing-has-this-name',
  '/imports',
  '/reports',
  '/reports/cm0091',
  '/reports/week',
  '/reports/binary?binary=rundll32.exe',
  '/audit',
  '/settings',
  '/notifications',
  '/settings/notifications',
  '/settings/accounts',
  '/settings/host-groups',
  '/settings/host-groups?propose=all',
  '/settings/tuning',
  '/settings/decisions',
  '/settings/catalogue',
  '/settings/catalogue/import',
  '/settings/sigma',
  '/settings/sigma/load',
  '/settings/keys',
  '/settings/system',
]

for (const path of PAGES) {
  test(`${path} is accessible in both themes, fits narrow windows and keeps its console quiet`, async ({
    signInAs,
  }) => {
    const page = await signInAs('admin')
    await checkPage(page, path)
  })
}

/** Before anybody is signed in. */
for (const path of ['/sign-in', '/sign-in?error=no-role', '/setup?token=none', '/password?token=none']) {
  test(`${path} is accessible in both themes and fits narrow windows`, async ({ page }) => {
    await checkPage(page, path)
  })
}

test('setting up the second step is accessible in both themes', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/settings')
  await page.getByRole('button', { name: 'Set up an authenticator' }).click()
  await expect(page.getByTestId('totp-secret')).toBeVisible()
  await expectAccessible(page, '/settings, with the key', TAGS)
})

async function checkPage(page: Page, path: string): Promise<void> {
  const problems = watch(page)
  await page.setViewportSize({ width: WIDTHS[0] ?? 1280, height: 800 })
  await open(page, path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expectAccessible(page, path, TAGS)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    // charts follow the width of their frame a moment later
    await expect.poll(() => overflowing(page), { message: `${path} at ${width} px` }).toEqual([])
  }
  expect(problems).toEqual([])
}

/** What is wider than its window and is not meant to scroll. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    ['html', 'body', 'main']
      .map((name) => ({ name, element: document.querySelector(name) }))
      .filter(({ element }) => element !== null && element.scrollWidth > element.clientWidth)
      .map(({ name, element }) => `${name}: ${element?.scrollWidth} px in ${element?.clientWidth} px`),
  )
}
