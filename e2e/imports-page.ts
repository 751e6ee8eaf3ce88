import type { Locator, Page } from '@playwright/test'
import { ndjson, sysmonCreation } from './logs'
import { expect, open } from './test'

type File = { name: string; mimeType: string; buffer: Buffer }

export async function upload(page: Page, file: File): Promise<void> {
  await page.getByLabel('Choose files').setInputFiles(file)
}

/** Sends records as a file of that name; answers its line. */
export async function uploadRecords(page: Page, name: string, records: readonly unknown[]): Promise<Locator> {
  await open(page, '/imports')
  await upload(page, { name: `${name}.ndjson`, mimeType: '', buffer: ndjson(records) })
  return transfer(page, name)
}

export async function uploadAsResponder(page: Page, host: string, lines: readonly string[]): Promise<void> {
  const records = lines.map((commandLine) => sysmonCreation({ host, commandLine }))
  await expect(await uploadRecords(page, host, records)).toContainText(`${lines.length} new executions`)
}

/** The line of a file on its way. */
export function transfer(page: Page, name: string): Locator {
  return page.getByRole('region', { name: 'Upload' }).getByRole('listitem').filter({ hasText: name })
}

export function figure(page: Page, label: string): Locator {
  return page.locator('dl > div').filter({ hasText: label }).getByRole('definition')
}
