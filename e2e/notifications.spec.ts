import type { Locator, Page } from '@playwright/test'
import { answered, messages, panelOf, rows } from './page'
import { expect, open, test } from './test'

test('who is given a deviation hears of it under the bell while another page is open, and reads it from there', async ({
  signInAs,
}) => {
  const [rana, milo] = [await signInAs('responder'), await signInAs('manager')]
  await open(milo, '/hosts')
  await open(rana, '/deviations')
  await rows(rana).first().getByRole('link').first().click()
  const panel = panelOf(rana)
  await panel.getByLabel('Assignee').selectOption({ label: 'Milo Manager' })
  await expect(messages(rana)).toContainText('1 deviation assigned to ')

  await expect(bell(milo)).toHaveAccessibleName(/\d+ unread/)
  await bell(milo).click()
  const told = milo.getByRole('main').getByRole('listitem').first()
  await expect(told).toContainText('A deviation was assigned to you')
  await told.getByRole('link').click()
  await expect(milo).toHaveURL(/\/deviations\/-?\d+$/)
  await open(milo, '/notifications')
  await milo.getByRole('button', { name: 'Mark all as read' }).or(milo.getByText('0 unread')).first().click()
  await expect(milo.getByText('0 unread')).toBeVisible()
  await expect(bell(milo)).toHaveAccessibleName('Notifications')
  await panel.getByLabel('Assignee').selectOption({ label: 'Unassigned' })
  await expect(messages(rana)).toContainText('1 deviation assigned to nobody.')
})

test('choices are kept, and an address inside is refused', async ({ signInAs }) => {
  const page = await signInAs('responder')
  await open(page, '/settings/notifications')
  const found = page.getByRole('checkbox', { name: 'A new deviation: Bell' })
  await expect(found).not.toBeChecked()
  await answered(page, () => found.check())
  const least = page.getByLabel('Least score of a new deviation')
  await answered(page, () => least.selectOption('from 16 bits'))
  await open(page, '/settings/notifications')
  await expect(least).toHaveValue('16')
  await expect(found).toBeChecked()
  await found.uncheck()
  await page.getByLabel('Address').fill('https://127.0.0.1/hook')
  await page.getByRole('button', { name: 'Set webhook' }).click()
  await expect(messages(page)).toContainText('127.0.0.1 is not a public address')
})

function bell(page: Page): Locator {
  return page.getByRole('link', { name: /^Notifications/ }).first()
}
