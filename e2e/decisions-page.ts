import type { Locator, Page } from '@playwright/test'
import { messages } from './page'
import { expect, open } from './test'

/** The binary that ran least here, or most, of those that nobody has decided on: earlier runs leave theirs decided. */
export async function undecidedBinary(page: Page, used: 'least' | 'most' = 'least'): Promise<string> {
  const sort = used === 'least' ? 'executions' : '-executions'
  await open(page, `/binaries?decision=undecided&seen=yes&sort=${sort}`)
  const href = await page.locator('tbody').getByRole('link').first().getAttribute('href')
  return decodeURIComponent(href?.replace('/binaries/', '') ?? '')
}

export async function begin(page: Page, slug: string): Promise<void> {
  await open(page, `/binaries/${slug}`)
  await decisionPanel(page).getByRole('link', { name: 'Decide on it…' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Decide on/ })).toBeVisible()
}

export async function propose(page: Page, slug: string, note: string): Promise<void> {
  await begin(page, slug)
  await page.getByRole('radio', { name: /^Safe to block/ }).check()
  await page.getByLabel('Why', { exact: true }).fill(note)
  await page.getByRole('button', { name: 'Propose' }).click()
  await expect(messages(page)).toContainText('Proposed: it waits for a manager.')
  await expect(page.getByRole('heading', { level: 1, name: /^Decision \d+ on/ })).toBeVisible()
}

export async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve…' }).click()
  await page
    .getByRole('dialog', { name: 'Approve this decision' })
    .getByRole('button', { name: 'Approve' })
    .click()
}

/** What stands beside a binary of what was decided on it. */
export function decisionPanel(page: Page) {
  return page.getByRole('complementary', { name: 'Decision' })
}

export async function moveRing(page: Page, move: string, why?: string): Promise<void> {
  await page.getByRole('button', { name: `${move}…` }).click()
  const dialog = page.getByRole('dialog')
  if (why !== undefined) await dialog.getByLabel(/^Why/).fill(why)
  await dialog.getByRole('button', { name: move }).click()
}

/** A number of a what-if by its label, on a page or in a part of it. */
export async function figure(page: Page, label: string, within: Page | Locator = page): Promise<number> {
  const cell = within.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) })
  return digits(await cell.locator('dd').first().innerText())
}

/** A number without what pages write between its thousands. */
export function digits(text: string): number {
  return Number(text.replaceAll(/\D/g, ''))
}
