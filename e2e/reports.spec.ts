import { expect, open, test } from './test'

test('a viewer reads where CM0091 stands with the figures of the overview, and takes it along as a PDF', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/')
  const points = page.getByRole('table', { name: 'Where CM0091 stands' })
  const evidence = (await points.getByRole('row').first().getByRole('cell').last().innerText()).trim()
  await open(page, '/reports')
  await page.getByRole('link', { name: 'CM0091: where it stands' }).click()
  const report = page.getByRole('table', { name: 'Points of CM0091' })
  // its head is a row too
  await expect(report.getByRole('row')).toHaveCount(12)
  await expect(report.getByRole('row').nth(1)).toContainText(evidence)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'PDF' }).click()
  expect((await download).suggestedFilename()).toBe('cm0091.pdf')
  const answer = await page.request.get('/api/reports/cm0091.pdf')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
})

test('a week is chosen by its first day and kept in the address', async ({ signInAs }) => {
  const page = await signInAs('manager')
  await open(page, '/reports/week')
  await page.getByLabel('Week from').fill('2020-01-06')
  await expect(page).toHaveURL(/from=2020-01-06/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2020-01-06 to 2020-01-12')
  await expect(page.getByText('Nothing new deviated in this week.')).toBeVisible()
})

test('a binary’s dossier says what the binary’s page says, and is reached from it', async ({ signInAs }) => {
  const page = await signInAs('manager')
  await open(page, '/binaries/rundll32.exe')
  await page.getByRole('link', { name: 'Dossier' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/rundll32\.exe: is it needed\?/i)
  await expect(page.getByRole('heading', { name: /^Suggestion:/ })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Purposes' }).getByRole('row')).not.toHaveCount(0)
  const answer = await page.request.get('/api/reports/binary.pdf?binary=rundll32.exe')
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await page.request.get('/api/reports/binary.pdf?binary=none.exe')).status()).toBe(404)
  expect((await page.request.get('/api/reports/decision.pdf?decision=999999999')).status()).toBe(404)
})

test('an unknown report, or one about a day that is none, is not found', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  for (const path of ['/api/reports/none.pdf', '/api/reports/cm0091']) {
    expect((await page.request.get(path)).status()).toBe(404)
  }
  expect((await page.request.get('/api/reports/week.pdf?from=yesterday')).status()).toBe(400)
  await page.goto('/reports/week?from=yesterday')
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
})
