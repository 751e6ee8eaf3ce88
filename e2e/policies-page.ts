import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'

export type Files = ReadonlyMap<string, string>

/** The files of the bundle, by path. */
export async function downloadAll(page: Page): Promise<Files> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download all' }).click(),
  ])
  const files = unzipSync(await readFile(await file.path()))
  return new Map(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]))
}
