import { expect, open, test } from './test'

test('the first stop of the keyboard leads past the navigation', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/binaries')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('? lists the shortcuts, g and a letter goes to a page, and / goes to its search', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/binaries')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await expect(page).toHaveURL('/hosts')
  await expect(page.getByRole('heading', { name: 'Hosts', level: 1 })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
})

test('who has searched goes on in the list by its keys, and by Tab from where they searched', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/deviations')
  await page.keyboard.press('/')
  const field = page.getByRole('searchbox')
  await field.pressSequentially('rundll32')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=rundll32/)
  await expect(field).not.toBeFocused()
  await page.keyboard.press('j')
  await expect(page.locator('tbody').getByRole('row').first()).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: /^Binary/ })).toBeFocused()
  await page.goBack()
  await expect(field).toHaveValue('')
})

test('Ctrl K finds a host by a part of its name and opens it', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/hosts')
  const name = (await page.locator('tbody').getByRole('link').first().innerText()).trim()
  await open(page, '/')
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find' })
  await palette.getByRole('combobox').fill(name.slice(0, -1))
  const found = palette.getByRole('group', { name: 'Host' }).getByRole('option', { name })
  await expect(found).toBeVisible()
  await palette.getByRole('combobox').fill(name)
  await expect(found).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/hosts\/\d+$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
})

test('the period of a page is chosen in the top bar, and goes along to the next page that looks back', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/binaries?from=2020-01-01&to=2020-01-02')
  const period = page.getByRole('banner').getByRole('button', { name: 'Period' })
  await expect(period).toContainText('2020-01-01 – 2020-01-02')
  await period.click()
  await page.getByRole('menuitemcheckbox', { name: 'Last 7 days of data' }).click()
  await expect(page).toHaveURL('/binaries?days=7')
  await expect(period).toContainText('Last 7 days')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Hosts' }).click()
  await expect(page).toHaveURL('/hosts?days=7')
  await expect(page.getByText(/^Machines that sent telemetry/)).toBeVisible()
  await expect(period).toContainText('Last 7 days')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Deviations' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Deviations' })).toBeVisible()
  // what waits is not of a period, unless somebody chooses one
  await expect(page).toHaveURL('/deviations')
  await expect(period).toContainText('All time')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Decisions' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Decisions' })).toBeVisible()
  await expect(period).toHaveCount(0)
})
