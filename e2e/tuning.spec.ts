import type { Page } from '@playwright/test'
import { uploadRecords } from './imports-page'
import { sysmonCreation, unique } from './logs'
import { messages } from './page'
import { expect, open, test } from './test'

test('settings are saved only after their effect was shown, and can be set back', async ({ signInAs }) => {
  const page = await signInAs('admin')
  await open(page, '/settings/tuning')
  const novelty = page.getByLabel('Weight of the unusual')
  const before = await novelty.inputValue()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await change(page, before === '0.35' ? '0.36' : '0.35')
  await expect(page.getByRole('heading', { name: 'Changes' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Changes of settings' })).toContainText(
    'weight of the unusual',
  )
  await change(page, before)
})

/** Another weight of the unusual, from the newest day on: what came before stays as the other journeys know it. */
async function change(page: Page, weight: string): Promise<void> {
  await page.getByLabel('Weight of the unusual').fill(weight)
  await page.getByLabel('Scores from').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Show the effect' }).click()
  await expect(page.getByText(/New items a day: .* before, .* with these settings/)).toBeVisible()
  await expect(
    page.getByRole('table', { name: 'Would appear' }).or(page.getByText('None.').first()),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(messages(page)).toContainText('The settings were changed.')
}

test('the queue says from which score on it shows items', async ({ signInAs }) => {
  const page = await signInAs('responder')
  await open(page, '/deviations')
  await expect(page.getByText(/Open ones are shown from \d+\.\d bits/)).toBeVisible()
})

test('hosts join a group by their names, new ones as soon as they are seen', async ({ signInAs }) => {
  const page = await signInAs('admin')
  const group = unique('Kiosks')
  const prefix = unique('kiosk')
  await importRuns(page, `${prefix}-1`)
  await open(page, '/settings/host-groups')
  await page.getByRole('button', { name: 'Make a group' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a host group' })
  await dialog.getByLabel('Name').fill(group)
  await dialog.getByRole('button', { name: 'Make the group' }).click()
  await expect(page.getByRole('row').filter({ hasText: group })).toBeVisible()

  await page.getByRole('button', { name: 'Add a pattern' }).click()
  await page
    .getByRole('textbox', { name: /^Pattern \d+$/ })
    .last()
    .fill(`${prefix}-*`)
  await page
    .getByRole('combobox', { name: /puts hosts into/ })
    .last()
    .selectOption({ label: group })
  await page.getByRole('button', { name: 'Show the hosts' }).click()
  await expect(page.getByText(`1 host: ${prefix}-1`)).toBeVisible()
  await page.getByRole('button', { name: 'Save the patterns' }).click()
  await expect(messages(page)).toContainText('The name patterns were changed.')
  await expectInGroup(page, group, 1)
  await importRuns(page, `${prefix}-2`)
  await expectInGroup(page, group, 2)
})

test('an incident is shown before it is declared, on the pages concerned while it holds, and withdrawn', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const host = unique('victim')
  const name = unique('Break-in')
  await importRuns(page, host)
  await expect
    .poll(async () => {
      await open(page, `/hosts?q=${host}`)
      return await page.getByRole('row').filter({ hasText: host }).count()
    })
    .toBe(1)
  await open(page, `/hosts/incidents?host=${host}`)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Show the effect' }).click()
  await expect(page.getByText(/are judged anew/)).toBeVisible()
  await page.getByRole('button', { name: 'Declare the incident' }).click()
  await expect(messages(page)).toContainText(`${name} was declared.`)
  await open(page, '/hosts')
  await expect(page.getByRole('complementary', { name: 'Incidents' })).toContainText(name)

  await open(page, '/hosts/incidents')
  const row = page.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('goes on')
  await row.getByRole('button', { name: 'Withdraw…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw it' }).click()
  await expect(row).toContainText('withdrawn')
})

test('who may not tune is not offered to', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/hosts/incidents')
  await expect(page.getByRole('button', { name: 'Declare the incident' })).toHaveCount(0)
  await page.goto('/settings/tuning')
  await expect(page.getByLabel('New items a day')).toHaveCount(0)
})

async function expectInGroup(page: Page, group: string, hosts: number): Promise<void> {
  await expect
    .poll(async () => {
      await open(page, `/hosts?group=${group}`)
      return await page.getByRole('row').filter({ hasText: group }).count()
    })
    .toBe(hosts)
}

/** Imports one run of rundll32 on a host. */
async function importRuns(page: Page, host: string): Promise<void> {
  const records = [sysmonCreation({ host, commandLine: 'rundll32.exe shell32.dll,Control_RunDLL desk.cpl' })]
  await expect(await uploadRecords(page, host, records)).toContainText('Done')
}
