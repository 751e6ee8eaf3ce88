import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { unique } from './logs'
import { messages, panelOf, titleOf } from './page'
import { expect, open, test } from './test'

test('a whole triage without a mouse: down, expected with its note, undo, and the list keeps its place', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  await open(page, '/deviations')
  const second = await titleOf(rows(page).nth(1))
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(rows(page).nth(1)).toBeFocused()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Expected: 1 deviation' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  // who changed their mind is where they were
  await expect(rows(page).nth(1)).toBeFocused()
  await page.keyboard.press('e')
  await expect(dialog.getByRole('region', { name: 'What this teaches' })).toContainText('scored again')
  await page.keyboard.press('Enter')
  await expect(messages(page)).toContainText('1 deviation marked as expected.')
  await expect(rows(page).filter({ hasText: second })).toHaveCount(0)
  // the one in its place has the focus
  await expect(rows(page).nth(1)).toBeFocused()
  await page.keyboard.press('u')
  await expect(messages(page)).toContainText('1 deviation as before.')
  await page.keyboard.press('f')
  await expect(messages(page)).toContainText('1 deviation flagged.')
  await page.keyboard.press('u')
  // what was taken back offers no second undo
  await expect(messages(page).getByText('1 deviation flagged.')).toHaveCount(0)
  await expect(messages(page).getByText('1 deviation as before.', { exact: true })).toHaveCount(1)
})

test('of two responders on one item the slower one is told who was faster, and their note is not lost', async ({
  signInAs,
}) => {
  const [rana, milo] = [await signInAs('responder'), await signInAs('manager')]
  for (const page of [rana, milo]) await open(page, '/deviations?sort=score')
  const id = await openFirst(rana)
  await open(milo, `/deviations?open=${id}`)
  const note = unique('Called the owner')
  await panelOf(milo).getByLabel('Note').fill(note)
  await panelOf(rana).getByRole('button', { name: 'Flag', exact: true }).click()
  await expect(messages(rana)).toContainText('1 deviation flagged.')

  await panelOf(milo).getByRole('button', { name: 'Flag', exact: true }).click()
  await expect(messages(milo)).toContainText(
    'Rana Responder changed this deviation meanwhile (judged: flagged)',
  )
  await expect(panelOf(milo).getByRole('button', { name: 'Flag', exact: true })).toHaveCount(0)
  await expect(panelOf(milo).getByLabel('Note')).toHaveValue(note)
  await milo.reload()
  await expect(panelOf(milo).getByLabel('Note')).toHaveValue(note)
  await expect(panelOf(milo).getByText('Written before and not added yet.')).toBeVisible()
  await panelOf(milo).getByRole('button', { name: 'Add note' }).click()
  await expect(panelOf(milo).getByRole('listitem').filter({ hasText: note })).toBeVisible()
  await expect(panelOf(milo).getByLabel('Note')).toHaveValue('')
  await rana.keyboard.press('u')
  await expect(messages(rana)).toContainText('Milo Manager changed this deviation meanwhile (noted)')
  await open(milo, `/deviations/${id}`)
  await milo.getByRole('button', { name: 'Reopen' }).click()
  await expect(messages(milo)).toContainText('1 deviation reopened.')
})

test('a judgement that came too late is told in the dialog that asked for it, which stays with its note', async ({
  signInAs,
}) => {
  const [rana, milo] = [await signInAs('responder'), await signInAs('manager')]
  await open(rana, '/deviations?sort=score')
  const id = await openFirst(rana)
  await open(milo, `/deviations/${id}`)
  await milo.getByRole('button', { name: 'Malicious', exact: true }).click()
  const dialog = milo.getByRole('dialog', { name: 'Malicious: 1 deviation' })
  const note = unique('Beacons to the same address')
  await dialog.getByLabel('Note').fill(note)
  await panelOf(rana).getByRole('button', { name: 'Flag', exact: true }).click()
  await expect(messages(rana)).toContainText('1 deviation flagged.')

  await dialog.getByRole('button', { name: 'It is malicious' }).click()
  const refusal = dialog.getByRole('alert')
  await expect(refusal).toContainText('Rana Responder changed this deviation meanwhile (judged: flagged)')
  await expect(refusal).toBeFocused()
  await expect(dialog.getByLabel('Note')).toHaveValue(note)
  await expectAccessible(milo)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await milo.getByRole('button', { name: 'Reopen' }).click()
  await expect(messages(milo)).toContainText('1 deviation reopened.')
})

test('a deviation is opened, assigned, flagged and explained faster than the page follows, and the next is a key away', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  await open(page, '/deviations')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(panelOf(page)).toBeVisible()
  const first = page.url()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(first)
  await expect(panelOf(page)).toBeVisible()
  const second = page.url()
  await page.keyboard.press('a')
  await page.keyboard.press('f')
  await page.keyboard.press('c')
  const note = unique('Called the owner')
  await page.keyboard.type(note)
  await page.keyboard.press('Control+Enter')
  for (const done of ['took it', 'changed it to Flagged', note])
    await expect(panelOf(page).getByRole('listitem').filter({ hasText: done }).first()).toContainText(
      'Rana Responder',
    )
  expect(page.url()).toBe(second)
  await expectAccessible(page)

  // out of the field, out of the panel, and back in the list where one was
  await page.keyboard.press('Escape')
  await expect(panelOf(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panelOf(page)).toHaveCount(0)
  await expect(page).toHaveURL(/\/deviations$/)
  await page.keyboard.press('u')
  await expect(messages(page).getByText('1 deviation as before.', { exact: true })).toHaveCount(1)
  await page.keyboard.press('u')
  await expect(messages(page).getByText('1 deviation as before.', { exact: true })).toHaveCount(1)
})

test('every list keeps views, and a proposal survives a reload until it is given up', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const name = unique('Rundll32 lately')
  await open(page, '/executions?binary=rundll32.exe&days=7')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save these filters…' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByRole('button', { name })).toBeVisible()
  await open(page, '/executions')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: new RegExp(name) }).click()
  await expect(page).toHaveURL(/binary=rundll32/)

  await open(page, '/decisions/new?binary=wmic.exe')
  await page.getByRole('radio', { name: /^Required/ }).check()
  await page.getByLabel('Why', { exact: true }).fill('The inventory needs it.')
  await page.reload()
  await expect(page.getByText('Filled in before and not kept yet.')).toBeVisible()
  await expect(page.getByRole('radio', { name: /^Required/ })).toBeChecked()
  await expect(page.getByLabel('Why', { exact: true })).toHaveValue('The inventory needs it.')
  await page.getByRole('button', { name: 'Start anew' }).click()
  await expect(page.getByLabel('Why', { exact: true })).toHaveValue('')
})

test('times are shown in the zone that somebody finds by its city', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/executions')
  await page.getByRole('button', { name: 'Time zone' }).click()
  await page.getByRole('combobox', { name: 'Time zone' }).fill('kolkata')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table').locator('time').first()).toContainText('+05:30')
  await page.getByRole('button', { name: 'Time zone' }).click()
  await page.getByRole('combobox', { name: 'Time zone' }).fill('utc')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table').locator('time').first()).toContainText('UTC')
})

test('what somebody else does shows at once in an open list, and no row moves until it is asked for', async ({
  signInAs,
}) => {
  const [rana, milo] = [await signInAs('responder'), await signInAs('manager')]
  for (const page of [rana, milo]) await open(page, '/deviations')
  const before = await titles(rana)
  const openCount = Number(await countOfTab(rana, 'Open'))
  await milo.keyboard.press('j')
  await milo.keyboard.press('f')
  await expect(messages(milo)).toContainText('1 deviation flagged.')
  await expect.poll(async () => Number(await countOfTab(rana, 'Open'))).toBe(openCount - 1)
  await expect(rows(rana).first()).toContainText('by Milo Manager')
  expect(await titles(rana)).toEqual(before)
  await rana.keyboard.press('r')
  await expect.poll(async () => (await titles(rana))[0]).toBe(before[1])
  await milo.keyboard.press('u')
  await expect(rana.getByRole('button', { name: /More items – show/ })).toBeVisible()
  await expectAccessible(rana)
  await rana.getByRole('button', { name: /More items – show/ }).click()
  await expect.poll(async () => (await titles(rana))[0]).toBe(before[0])
})

test('filters are kept as a view, shared, made what the link opens, and deleted', async ({ signInAs }) => {
  const [rana, milo] = [await signInAs('responder'), await signInAs('manager')]
  const name = unique('High scores')
  await open(rana, '/deviations?score=16')
  await rana.getByRole('button', { name: 'Views' }).click()
  await rana.getByRole('menuitem', { name: 'Save these filters…' }).click()
  await rana.getByLabel('Name').fill(name)
  await rana.getByLabel('Share it with everybody').check()
  await rana.getByRole('button', { name: 'Save view' }).click()
  // back where the dialog was opened, and found by its name from any page
  await expect(rana.getByRole('button', { name })).toBeFocused()
  await open(rana, '/hosts')
  await rana.keyboard.press('Control+k')
  await rana.getByRole('combobox').fill(name)
  await expect(rana.getByRole('option', { name, exact: true })).toHaveAttribute('aria-selected', 'true')
  await rana.keyboard.press('Enter')
  await expect(rana).toHaveURL(/\/deviations\?score=16/)

  await open(milo, '/deviations')
  await milo.getByRole('button', { name: 'Views' }).click()
  await milo.getByRole('menuitem', { name: new RegExp(name) }).click()
  await expect(milo).toHaveURL(/score=16/)
  await milo.getByRole('button', { name }).click()
  await milo.getByRole('menuitem', { name: 'Manage views…' }).click()
  const dialog = milo.getByRole('dialog', { name: 'Views' })
  await expect(dialog.getByRole('button', { name: `Delete ${name}` })).toHaveCount(0)
  await dialog.getByRole('button', { name: `Let the link open ${name}` }).click()
  await expect(messages(milo)).toContainText(`The link opens “${name}”.`)
  await expectAccessible(milo)
  await milo.keyboard.press('Escape')
  await open(milo, '/hosts')
  await milo.keyboard.press('g')
  await milo.keyboard.press('d')
  await expect(milo).toHaveURL(/\/deviations\?score=16/)

  // who opens the page with it is told as of when the page was read
  await open(rana, '/deviations?score=16')
  await rana.getByRole('button', { name }).click()
  await rana.getByRole('menuitem', { name: 'Manage views…' }).click()
  await rana.getByRole('button', { name: `Delete ${name}` }).click()
  const asked = rana.getByRole('dialog', { name: `Delete “${name}”?` })
  await expect(asked).toContainText('1 other person opens the page with it')
  await asked.getByRole('button', { name: 'Delete view' }).click()
  await expect(messages(rana)).toContainText(`“${name}” is deleted.`)
  await open(milo, '/hosts')
  await expect(
    milo.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Deviations' }),
  ).toHaveAttribute('href', '/deviations')
})

test('the palette does what it names', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/deviations')
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find' })
  await palette.getByRole('combobox').fill('theme dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('theme system')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', /./)
  await page.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('203.0.113')
  // nothing has such a name: the search is what Enter does
  await expect(palette.getByRole('option')).toHaveCount(1)
  await expect(palette.getByRole('option', { name: /Search all executions/ })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/executions\?q=203\.0\.113/)
})

function rows(page: Page): Locator {
  return page.getByRole('table', { name: 'deviations' }).locator('tbody').getByRole('row')
}

async function titles(page: Page): Promise<string[]> {
  return page.locator('[data-row-link]').allInnerTexts()
}

/** Opens the first item over the list; answers its id. */
async function openFirst(page: Page): Promise<string> {
  await rows(page).first().getByRole('link').first().click()
  await expect(panelOf(page)).toBeVisible()
  return new URL(page.url()).searchParams.get('open') ?? ''
}

async function countOfTab(page: Page, name: string): Promise<string> {
  const tab = page
    .getByRole('navigation', { name: 'State' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
  return (await tab.innerText()).replace(/\D/g, '')
}
