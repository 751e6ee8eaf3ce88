import type { Locator, Page } from '@playwright/test'
import { ndjson, sysmonCreation } from './logs'
import { expect, open } from './test'

type File = { name: string; mimeType: string; buffer: Buffer }

export async function upload(page: Page, file: File): Promise<void> {
  await page.getByLabel('Choose files').setInputFiles(file)
}

export async function uploadAsResponder(page: Page, host: string, lines: readonly string[]): Promise<void> {
  const buffer = ndjson(lines.map((commandLine) => sysmonCreation({ host, commandLine })))
  await open(page, '/imports')
  await upload(page, { name: `${host}.ndjson`, mimeType: '', buffer })
  await expect(transfer(page, host)).toContainText(`${lines.length} new executions`)
}

/** The line of a file on its way. */
export function transfer(page: Page, name: string): Locator {
  return page.getByRole('region', { name: 'Upload' }).getByRole('listitem').filter({ hasText: name })
}

export function rows(page: Page): Locator {
  return page.getByRole('table').first().locator('tbody').getByRole('row')
}

export function figure(page: Page, label: string): Locator {
  return page.locator('dl > div').filter({ hasText: label }).getByRole('definition')
}
