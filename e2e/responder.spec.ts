import type { Page } from '@playwright/test'
import { unique } from './logs'
import { messages, panelOf, rows, titleOf } from './page'
import { expect, open, test } from './test'

test('a responder goes from the overview to the highest deviation and reads why it is one', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  await open(page, '/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Deviations' }).click()
  await expect(page.getByRole('heading', { name: 'Deviations', level: 1 })).toBeVisible()
  const scores = await scoresOf(page)
  expect(scores).toEqual([...scores].sort((a, b) => b - a))

  await rows(page).first().getByRole('link').first().click()
  const panel = panelOf(page)
  await expect(panel.getByRole('heading', { name: 'Why' })).toBeVisible()
  const reasons = panel.getByRole('table', { name: 'Reasons and their bits' }).getByRole('row')
  const bits = (await reasons.getByRole('cell').allTextContents()).map(Number)
  const sum = bits.reduce((total, one) => total + one, 0)
  // each reason is rounded to a tenth of a bit
  expect(Math.abs(sum - (scores[0] ?? 0))).toBeLessThanOrEqual(0.05 * bits.length + 0.1)
  await expect(panel.getByRole('heading', { name: 'As recorded' })).toBeVisible()
  await expect(panel.getByRole('table', { name: 'Hosts' }).getByRole('row')).not.toHaveCount(1)

  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(rows(page).first()).toBeVisible()
})

test('a deviation that was ruled malicious leads to blocking it on its hosts', async ({ signInAs }) => {
  const page = await signInAs('responder')
  await open(page, '/deviations?sort=score')
  await rows(page).first().getByRole('link').first().click()
  const panel = panelOf(page)
  await panel.getByRole('button', { name: 'Malicious', exact: true }).click()
  await page
    .getByRole('dialog', { name: 'Malicious: 1 deviation' })
    .getByRole('button', { name: 'It is malicious' })
    .click()
  await panel.getByRole('button', { name: 'Emergency block…' }).click()
  const dialog = page.getByRole('dialog', { name: /in an emergency$/ })
  await expect(dialog.getByRole('radio', { name: 'Single hosts' })).toBeChecked()
  await expect(dialog.getByRole('status')).toContainText(/^[1-9]\d* of \d+ chosen: /)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await panel.getByRole('button', { name: 'Reopen' }).click()
  await expect(messages(page)).toContainText('1 deviation reopened.')
})

test('a flagged deviation with its note is found under flagged, says who did it, and can be undone', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const note = unique('Asked the owner of the host')
  await open(page, '/deviations')
  const pattern = await titleOf(rows(page).first())
  await rows(page).first().getByRole('link').first().click()
  const panel = panelOf(page)
  await panel.getByLabel('Note').fill(note)
  await panel.getByRole('button', { name: 'Add note' }).click()
  await expect(panel.getByRole('listitem').filter({ hasText: note })).toContainText('Rana Responder')
  await panel.getByRole('button', { name: 'Flag', exact: true }).click()
  // a message that is pointed at stays
  await messages(page).getByText('1 deviation flagged.').hover()
  await expect(panel.getByRole('button', { name: 'Flag', exact: true })).toHaveCount(0)
  const flagging = panel.getByRole('listitem').filter({ hasText: 'changed it to' }).first()
  await expect(flagging).toContainText('Rana Responder')
  await expect(flagging).toContainText('Flagged')

  await page.keyboard.press('Escape')
  await page
    .getByRole('navigation', { name: 'State' })
    .getByRole('link', { name: /^Flagged/ })
    .press('Enter')
  await expect(page).toHaveURL(/state=flagged/)
  await rows(page).filter({ hasText: pattern }).first().getByRole('link').first().press('Enter')
  await expect(panel.getByText(note)).toBeVisible()
  await messages(page).getByRole('button', { name: 'Undo' }).click()
  await expect(messages(page)).toContainText('1 deviation as before.')
  await expect(panel.getByRole('button', { name: 'Flag', exact: true })).toBeVisible()
  await expect(panel.getByRole('listitem').filter({ hasText: 'undid that' }).first()).toContainText(
    'Rana Responder',
  )
  await open(page, '/deviations?state=flagged')
  await expect(rows(page).filter({ hasText: pattern })).toHaveCount(0)
})

test('j, k, Enter and Escape go through the queue without a mouse', async ({ signInAs }) => {
  const page = await signInAs('responder')
  await open(page, '/deviations')
  await expect(rows(page).nth(1)).toBeVisible()
  await page.keyboard.press('j')
  await expect(rows(page).nth(0)).toBeFocused()
  await page.keyboard.press('j')
  await expect(rows(page).nth(1)).toBeFocused()
  await page.keyboard.press('k')
  await expect(rows(page).nth(0)).toBeFocused()
  await page.keyboard.press('x')
  await expect(page.getByText('1 row selected')).toBeVisible()
  await page.keyboard.press('x')
  await expect(page.getByText('1 row selected')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(panelOf(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panelOf(page)).toHaveCount(0)
})

test('what a judgement would teach is shown before it is made', async ({ signInAs }) => {
  const page = await signInAs('responder')
  await open(page, '/deviations')
  await rows(page).first().getByRole('link').first().click()
  await panelOf(page).getByRole('button', { name: 'Expected', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Expected: 1 deviation' })
  await expect(dialog.getByLabel('Where')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'It is expected' })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(panelOf(page).getByRole('button', { name: 'Expected', exact: true })).toBeVisible()
})

test('the executions behind a deviation are as many as it says, and lead to the raw event', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  await open(page, '/deviations')
  const column = await columnIndex(page, 'Executions')
  const cell = rows(page).first().getByRole('cell').nth(column)
  const executions = Number((await cell.innerText()).replace(/\D/g, ''))
  await cell.getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'Executions', level: 1 })).toBeVisible()
  await expect(page.getByText(new RegExp(`^${executions} executions? by day`))).toBeVisible()
  await expect(rows(page)).toHaveCount(Math.min(50, executions))

  await rows(page).first().getByRole('link').first().click()
  const panel = panelOf(page)
  const record = panel.getByText('Original record').first()
  await record.click()
  await expect(panel.getByRole('region', { name: 'Original record' }).first()).toContainText('event_data')
  await panel.getByRole('link', { name: 'Full page' }).click()
  await expect(page).toHaveURL(/\/executions\/\d+\//)
  await expect(page.getByRole('heading', { name: 'Lineage' })).toBeVisible()
})

test('a viewer reads deviations and cannot judge them', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/deviations')
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await rows(page).first().getByRole('link').first().click()
  const panel = panelOf(page)
  await expect(panel.getByRole('heading', { name: 'Why' })).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Flag', exact: true })).toHaveCount(0)
  await expect(panel.getByRole('button', { name: 'Add note' })).toHaveCount(0)
})

async function columnIndex(page: Page, header: string): Promise<number> {
  await expect(page.getByRole('columnheader', { name: header })).toBeVisible()
  const headers = await page.getByRole('table').first().getByRole('columnheader').allInnerTexts()
  return headers.indexOf(header)
}

async function scoresOf(page: Page): Promise<number[]> {
  const column = await columnIndex(page, 'Score')
  const cells = rows(page).locator(`td:nth-child(${column + 1})`)
  return (await cells.allInnerTexts()).map(Number)
}
