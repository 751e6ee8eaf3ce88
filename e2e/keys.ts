import type { Page } from '@playwright/test'
import { unique } from './logs'
import { open } from './test'

export type Scope = 'ingest' | 'read' | 'export'

/** Makes a key with one scope through the page, as an administrator does; answers its name and its secret. */
export async function makeKey(page: Page, scope: Scope): Promise<{ name: string; secret: string }> {
  const name = unique(`${scope} key`)
  await open(page, '/settings/keys')
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make an API key' })
  await dialog.getByLabel('Name').fill(name)
  for (const other of ['ingest', 'read', 'export'])
    await dialog.getByRole('checkbox', { name: new RegExp(`^${other}:`) }).setChecked(other === scope)
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  const shown = page.getByRole('dialog', { name: 'Copy the key now' })
  const secret = await shown.getByTestId('secret').innerText()
  await shown.getByRole('button', { name: 'Done' }).click()
  return { name, secret }
}

const shared = new Map<Scope, Promise<string>>()

/** The secret of a key with one scope that tests share, made by whoever asks first. No test revokes it. */
export function sharedKey(page: Page, scope: Scope): Promise<string> {
  const secret = shared.get(scope) ?? makeKey(page, scope).then((made) => made.secret)
  shared.set(scope, secret)
  return secret
}
