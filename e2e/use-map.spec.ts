import { violations } from './axe'
import { expect, open, test } from './test'

test('a responder opens a parent of a binary’s map, sees the hosts behind it, and reads the executions of one', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  await open(page, '/binaries/rundll32.exe')
  const map = page.getByRole('table', { name: 'What starts rundll32.exe, and with which arguments' })
  const row = map.getByRole('row').nth(1)
  const parent = row.getByRole('rowheader')
  const name = await parent.innerText()
  const all = sum(await row.getByRole('cell').allInnerTexts())
  await parent.getByRole('link').click()
  await expect(page.getByRole('link', { name: 'All parents and patterns' })).toBeVisible()
  await expect(map.getByRole('columnheader', { name: 'Host', exact: true })).toBeVisible()
  await expect(page.getByText(`only started by ${name}`)).toBeVisible()
  expect(sum(await map.getByRole('cell').allInnerTexts())).toBe(all)
  expect(await violations(page)).toEqual([])

  const cell = map.getByRole('row').nth(1).getByRole('cell').getByRole('link').first()
  const executions = await cell.innerText()
  await cell.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Executions' })).toBeVisible()
  await expect(page.getByText(new RegExp(`^${executions} executions? by `))).toBeVisible()
  // what the list was narrowed to is told in words, whatever the address holds
  const chips = page.getByRole('button', { name: 'Remove filter Use' })
  await expect(chips).toHaveCount(1)
  await expect(page.getByText(new RegExp(`^${escaped(name)} › `))).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.goBack()
  await page.getByRole('link', { name: 'All parents and patterns' }).click()
  // which stands first changes with what is computed meanwhile
  await expect(map.getByRole('rowheader', { name, exact: true })).toBeVisible()
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

test('a binary’s page says who signed its files, and the list is narrowed to each state that a decision of it may have', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/binaries/rundll32.exe')
  const files = page.getByRole('table', { name: 'files' })
  await expect(files.getByRole('columnheader', { name: 'Signed by' })).toBeVisible()
  await open(page, '/binaries')
  await page.getByRole('button', { name: 'Decision', exact: true }).click()
  for (const name of ['Undecided', 'In audit', 'Proposed', 'Approved', 'Enforced'])
    await expect(page.getByRole('menuitemcheckbox', { name, exact: true })).toBeVisible()
})

function sum(texts: readonly string[]): number {
  return texts.reduce((all, text) => all + Number(text.replace(/\D/g, '')), 0)
}
