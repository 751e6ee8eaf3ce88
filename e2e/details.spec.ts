import { expectAccessible, violations } from './axe'
import { uploadAsResponder } from './imports-page'
import { unique } from './logs'
import { panelOf, rows } from './page'
import { expect, open, test } from './test'
import { watch } from './watch'

const SCRIPT = 'Write-Output "<b>decoded</b>"'

test('what a command line encodes is read on demand as text, and its pattern is there for other tools', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const problems = watch(page)
  const host = unique('encoded')
  const encoded = Buffer.from(SCRIPT, 'utf16le').toString('base64')
  await uploadAsResponder(page, host, [
    'rundll32.exe C:\\Tools\\other.dll,Start',
    `rundll32.exe C:\\Tools\\run.dll,Start powershell -enc ${encoded}`,
  ])
  await open(page, `/executions?host=${host}&days=all`)
  await rows(page).filter({ hasText: 'powershell' }).getByRole('link').first().click()
  const panel = panelOf(page)
  await panel.getByText('Decoded (1 stretch)').click()
  await expect(panel.getByRole('region', { name: /^Base64 of UTF-16/ })).toHaveText(SCRIPT)
  await panel.getByText('Copy as Sigma rule, KQL, Splunk or text').click()
  await expect(panel.getByRole('region', { name: 'Sigma rule' })).toContainText(
    "category: 'process_creation'",
  )
  await panel.getByRole('tab', { name: 'Text for a ticket' }).click()
  await expect(panel.getByRole('region', { name: 'Text for a ticket' })).toContainText(`Host: ${host}`)
  await expect(panel.getByRole('heading', { name: 'On the host around it' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  expect(problems).toEqual([])
})

test('a deviation tells its whole story on its page, accessible in both themes', async ({ signInAs }) => {
  const page = await signInAs('responder')
  const problems = watch(page)
  await open(page, '/deviations')
  await rows(page).first().getByRole('link').first().click()
  await panelOf(page).getByRole('link', { name: 'Full page' }).click()
  // the panel has headings of the same names
  await expect(page.getByRole('heading', { level: 1, name: /: deviation$/ })).toBeVisible()
  for (const name of [
    'Why',
    'Reasons',
    'Beside what is normal',
    'Lineage',
    'What it did',
    'On the host around it',
  ])
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
  await expectAccessible(page)
  expect(problems).toEqual([])
})

test('a span of time is chosen from the bars by keyboard, shown finer, and read oldest first', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/executions')
  const bars = page.getByRole('figure').getByRole('link')
  await bars.last().focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/)
  await expect(page.getByText(/executions? by time/)).toBeVisible()

  const table = page.getByRole('table', { name: 'executions' })
  const firstTime = () => table.locator('time').first().getAttribute('datetime')
  const newest = (await firstTime()) ?? ''
  await table.getByRole('link', { name: 'Time' }).click()
  await expect(page).toHaveURL(/[?&]sort=time/)
  await expect(table.getByRole('columnheader', { name: 'Time' })).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(async () => ((await firstTime()) ?? newest) < newest).toBe(true)
})

test('what is opened before the page’s scripts take over stays open, and shows what it holds', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/executions')
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/**/*.js*', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/executions', { waitUntil: 'commit' })
  await page.getByText('As a table').click()
  const table = page.getByRole('figure').getByRole('table')
  await expect(table).toHaveCount(0)
  release()
  await expect(table).toBeVisible()
})

test('what a narrow cell cuts off is whole on hover', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/hosts')
  // a column as narrow as its edge can be dragged
  const edge = page.getByRole('columnheader', { name: 'Group' }).locator('> span[aria-hidden]')
  const { x, y } = (await edge.boundingBox()) ?? { x: 0, y: 0 }
  await page.mouse.move(x + 2, y + 5)
  await page.mouse.down()
  await page.mouse.move(x - 300, y + 5)
  await page.mouse.up()
  const cell = page.getByRole('cell', { name: 'Workstations' }).first()
  await cell.hover()
  await expect(cell).toHaveAttribute('title', 'Workstations')
})
