import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, open, test } from './test'

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).first().click(),
  ])
  return await readFile(await file.path())
}

test('what turns auditing on is read on the page, saved, and the download is on the audit log', async ({
  signInAs,
}) => {
  const viewer = await signInAs('viewer')
  await open(viewer, '/policies/collection')
  const gaps = viewer.getByRole('table', { name: 'gaps' })
  await expect(gaps.getByRole('row').nth(1)).toContainText(/host/)
  await viewer.getByText('cordon.xml').first().click()
  await expect(viewer.getByText('<Sysmon schemaversion="4.90">').first()).toBeVisible()
  const saved = await download(viewer, 'Download cordon.xml')
  expect(saved.toString()).toContain('<RuleGroup name="Cordon ProcessCreate"')
  const manager = await signInAs('manager')
  await open(manager, '/audit')
  await expect(
    manager
      .getByText('collection-downloaded')
      .or(manager.getByText(/collection downloaded/i))
      .first(),
  ).toBeVisible()
})

test('detections of the fleet’s baselines are a zip, the same each time', async ({ signInAs }) => {
  const page = await signInAs('responder')
  await open(page, '/policies/detections')
  const first = await download(page, 'Download detections')
  expect(first.subarray(0, 2).toString()).toBe('PK')
  const again = await page.request.get('/api/policies/detections')
  expect(Buffer.from(await again.body()).equals(first)).toBe(true)
  const rule = await page.request.get(
    '/api/policies/detections?path=sigma/rundll32-exe-outside-its-baseline.yml',
  )
  expect(await rule.text()).toContain('parents_0')
})

test('a path out of the bundle is nothing', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  const answer = await page.request.get('/api/policies/collection?path=../../etc/passwd')
  expect(answer.status()).toBe(404)
})
