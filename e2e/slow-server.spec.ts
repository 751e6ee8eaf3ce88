import type { Page } from '@playwright/test'
import { messages, panelOf, rows } from './page'
import { expect, open, test } from './test'

/** Has the server's pages wait on their way, until that is called. */
async function holdPages(page: Page): Promise<() => void> {
  let letGo = () => undefined as unknown
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(/\?.*_rsc=/, async (route) => {
    await held
    // what was asked for since has broken the earlier ones off
    await route.continue().catch(() => undefined)
  })
  return () => letGo()
}

/** Holds the server's answers back, each until the function at its place is called, which waits until the browser has it. */
async function holdAnswers(page: Page): Promise<(() => Promise<unknown>)[]> {
  const answers: (() => Promise<unknown>)[] = []
  await page.route(/\?.*_rsc=/, async (route) => {
    const response = await route.fetch()
    answers.push(() => route.fulfill({ response }))
  })
  return answers
}

/** Nothing that the page has the server do reaches it. */
async function cutOff(page: Page): Promise<void> {
  await page.route('**/*', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
}

test('what is chosen before the server has answered adds to what was chosen before', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/deviations')
  const letGo = await holdPages(page)
  await page.getByLabel('Search patterns, binaries and hosts').fill('e')
  await page.getByRole('button', { name: 'Binary', exact: true }).click()
  const choices = page.getByRole('menuitemcheckbox')
  for (const at of [0, 1]) {
    await choices.nth(at).click()
    await expect(choices.nth(at)).toBeChecked()
  }
  letGo()
  await expect(page).toHaveURL(({ searchParams }) => {
    return searchParams.get('q') === 'e' && searchParams.getAll('binary').length === 2
  })
  await expect(choices.and(page.locator('[aria-checked=true]'))).toHaveCount(2)
})

test('sorting keeps filters that are not answered yet, and what is chosen after it keeps the sorting', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/deviations')
  const letGo = await holdPages(page)
  const choose = async (at: number) => {
    await page.getByRole('button', { name: /^Binary/ }).click()
    const choice = page.getByRole('menuitemcheckbox').nth(at)
    await choice.click()
    await expect(choice).toBeChecked()
    await page.keyboard.press('Escape')
  }
  await choose(0)
  await page.getByRole('columnheader', { name: 'Hosts' }).getByRole('link').click()
  await choose(1)
  letGo()
  await expect(page).toHaveURL(({ searchParams }) => {
    return /hosts$/i.test(searchParams.get('sort') ?? '') && searchParams.getAll('binary').length === 2
  })
})

test('a row that is clicked before a closing is answered opens, whichever the server answers first', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/executions?days=all')
  const link = (at: number) => rows(page).nth(at).getByRole('link').first()
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    await link(0).click()
    await expect(panelOf(page)).toBeVisible()
    const answers = await holdAnswers(page)
    await page.keyboard.press('Escape')
    await expect(panelOf(page)).toHaveCount(0)
    await link(1).click()
    await expect(page.getByRole('status', { name: 'Loading details' })).toBeVisible()
    // nothing of the row before
    await expect(panelOf(page)).toHaveCount(0)
    await expect.poll(() => answers.length).toBe(2)
    for (const at of order) await answers[at]?.()
    await expect(panelOf(page).getByRole('heading', { name: 'Judgement' })).toBeVisible()
    await expect(page).toHaveURL(new URL((await link(1).getAttribute('href')) ?? '', page.url()).href)
    await page.unrouteAll()
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/\/executions\?days=all$/)
  }
})

test('before a closing is answered, the keys are about the list again', async ({ signInAs }) => {
  const page = await signInAs('responder')
  await open(page, '/deviations')
  await rows(page).first().getByRole('link').first().click()
  await expect(panelOf(page)).toBeVisible()
  const letGo = await holdPages(page)
  await page.keyboard.press('Escape')
  await expect(rows(page).first()).toBeFocused()
  await page.keyboard.press('j')
  await expect(rows(page).nth(1)).toBeFocused()
  await page.keyboard.press('c')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  letGo()
  await expect(page).toHaveURL(/\/deviations$/)
  await expect(rows(page).nth(1)).toBeFocused()
})

test('what is on its way is closed by Escape, and does not come', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/deviations')
  const letGo = await holdPages(page)
  await rows(page).nth(1).getByRole('link').first().click()
  const coming = page.getByRole('status', { name: 'Loading details' })
  await expect(coming).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(coming).toHaveCount(0)
  letGo()
  // what is chosen next does not bring it back
  const search = page.getByLabel('Search patterns, binaries and hosts')
  await search.fill('e')
  await search.press('Enter')
  await expect(page).toHaveURL(/\/deviations\?q=e$/)
  await expect(panelOf(page)).toHaveCount(0)
})

test('details that are opened and a filter that is chosen before the server has answered are both there', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/deviations')
  const letGo = await holdPages(page)
  await page.getByRole('button', { name: 'Binary', exact: true }).click()
  await page.getByRole('menuitemcheckbox').first().click()
  await page.keyboard.press('Escape')
  await rows(page).nth(1).getByRole('link').first().click()
  letGo()
  await expect(page).toHaveURL(
    ({ searchParams }) => searchParams.getAll('binary').length === 1 && searchParams.has('open'),
  )
  await expect(panelOf(page)).toBeVisible()
})

test('where the server cannot be reached, a choice says so, and the page stays as it is', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  await open(page, '/settings')
  await cutOff(page)
  await page.getByLabel('Current password').fill('half typed')
  await page.getByLabel('Rows').selectOption('compact')
  await expect(messages(page)).toContainText('The server did not answer.')
  await expect(page.getByLabel('Current password')).toHaveValue('half typed')
})

test('a judgement whose effect cannot be looked up says so, in place of waiting for ever', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  await open(page, '/deviations')
  await cutOff(page)
  await rows(page).first().focus()
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('The server did not answer.')
})
