import type { Page } from '@playwright/test'
import { unique } from './logs'
import { messages } from './page'
import { expect, open, type Role } from './test'

export type Person = { name: string; email: string; password: string }

/** Somebody whom no earlier run knows. */
export function newPerson(name: string): Person {
  return {
    name: unique(name),
    email: `${unique(name.split(' ', 1)[0]?.toLowerCase() ?? '')}@demo.cordon`,
    password: unique('a long password'),
  }
}

/** An administrator makes an account; answers the link on which its person chooses a password. */
export async function invite(admin: Page, { name, email }: Person, role: Role): Promise<string> {
  await open(admin, '/settings/accounts')
  await admin.getByRole('button', { name: 'Add account' }).click()
  const dialog = admin.getByRole('dialog', { name: 'Add account' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByLabel('Role').selectOption(role)
  await dialog.getByRole('button', { name: 'Add account' }).click()
  await expect(messages(admin)).toContainText(`${email} has an account.`)
  const link = await admin.getByTestId('link').innerText()
  await admin.getByRole('button', { name: 'Done' }).click()
  return link
}

export async function choosePassword(page: Page, link: string, password: string): Promise<void> {
  await open(page, link)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByText('Your account is ready')).toBeVisible()
}
