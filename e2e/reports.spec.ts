import type { Locator } from '@playwright/test'
import { propose, undecidedBinary } from './decisions-page'
import { expect, open, test } from './test'

/** A page that was opened too early does not change while it is looked at. */
const AT_ONCE = { timeout: 5_000 }

test('a viewer reads where CM0091 stands with the figures of the overview, and takes it along as a PDF', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  const report = page.getByRole('table', { name: 'Points of CM0091' })
  await agreeing(async () => {
    await open(page, '/')
    const points = page.getByRole('table', { name: 'Where CM0091 stands' })
    const evidence = (await points.getByRole('row').first().getByRole('cell').last().innerText()).trim()
    await open(page, '/reports')
    await page.getByRole('link', { name: 'CM0091: where it stands' }).click()
    // its head is a row too
    await expect(report.getByRole('row')).toHaveCount(12)
    await expect(report.getByRole('row').nth(1)).toContainText(evidence, AT_ONCE)
  })
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'PDF' }).click()
  expect((await download).suggestedFilename()).toBe('cm0091.pdf')
  const answer = await page.request.get('/api/reports/cm0091.pdf')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
})

test('on a narrow screen a report’s texts are read without scrolling sideways', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await page.setViewportSize({ width: 390, height: 800 })
  await open(page, '/reports/cm0091')
  for (const name of ['Points of CM0091', 'Related countermeasures']) {
    const table = page.getByRole('region', { name })
    await expect(table).toBeVisible()
    expect(await table.evaluate((frame) => frame.scrollWidth - frame.clientWidth)).toBe(0)
  }
})

test('a week is chosen by its first day and kept in the address', async ({ signInAs }) => {
  const page = await signInAs('manager')
  await open(page, '/reports/week')
  const shown = await page.getByLabel('Week from').inputValue()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${shown} to `)
  await page.getByLabel('Week from').fill('2020-01-06')
  await expect(page).toHaveURL(/from=2020-01-06/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2020-01-06 to 2020-01-12')
  await expect(page.getByText('Nothing new deviated in this week.')).toBeVisible()
})

test('a binary’s dossier says what the binary’s page says, and is reached from it', async ({ signInAs }) => {
  const page = await signInAs('manager')
  const needed = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Is it needed here?' }) })
  await agreeing(async () => {
    await open(page, '/binaries/rundll32.exe')
    const known = await needed.locator('dl').first().locator('dd').allInnerTexts()
    expect(known.length).toBeGreaterThan(3)
    await page.getByRole('link', { name: 'Dossier' }).click()
    const facts = page.getByRole('table', { name: 'What is known of its use' })
    expect((await cellsOf(facts)).map(([, value]) => value)).toEqual(known)
  })
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/rundll32\.exe: is it needed\?/i)
  await expect(page.getByRole('heading', { name: /^Suggestion:/ })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Purposes' }).getByRole('row')).not.toHaveCount(0)
  const answer = await page.request.get('/api/reports/binary.pdf?binary=rundll32.exe')
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await page.request.get('/api/reports/binary.pdf?binary=none.exe')).status()).toBe(404)
  expect((await page.request.get('/api/reports/decision.pdf?decision=999999999')).status()).toBe(404)
})

test('a decision’s dossier says what the decision’s page says', async ({ signInAs }) => {
  const page = await signInAs('responder')
  await propose(page, await undecidedBinary(page), 'Its dossier is held against its page.')
  const decision = new URL(page.url()).pathname
  await agreeing(async () => {
    await open(page, decision)
    const evidence = await cellsOf(page.getByRole('table', { name: 'evidence', exact: true }))
    const patterns = await cellsOf(page.getByRole('table', { name: 'command patterns', exact: true }))
    expect(evidence.length).toBeGreaterThan(5)
    await page.getByRole('link', { name: 'Dossier' }).click()
    expect(await cellsOf(page.getByRole('table', { name: 'Evidence then and now' }))).toEqual(
      evidence.map((row) => row.slice(0, 3)),
    )
    expect(await cellsOf(page.getByRole('table', { name: 'Command patterns most used' }))).toEqual(
      patterns.slice(0, 10),
    )
  })
})

test('a week’s report counts the deviations that the queue counts', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await agreeing(async () => {
    await open(page, '/reports/week')
    const first = page.locator('dl > div').filter({ hasText: 'deviations first seen' }).locator('dd')
    const count = await first.innerText()
    await open(page, '/deviations?state=all&below=yes&first=7')
    await expect(page.getByText(`of ${count} deviations`)).toBeVisible(AT_ONCE)
  })
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

/** Of two pages that must agree one may have been opened before new data was counted: they are opened again until they do. */
async function agreeing(compare: () => Promise<void>): Promise<void> {
  await expect(compare).toPass({ timeout: 90_000 })
}

/** The rows below its head, as they are read. */
async function cellsOf(table: Locator): Promise<string[][]> {
  await expect(table).toBeVisible()
  return await table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].map((cell) => (cell.textContent ?? '').replaceAll('\u200b', '').trim()),
      ),
    )
}
