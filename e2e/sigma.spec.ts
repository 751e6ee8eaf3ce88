import type { Page } from '@playwright/test'
import { uploadRecords } from './imports-page'
import { sysmonCreation, unique } from './logs'
import { computed, expect, open, test } from './test'

test('a loaded Sigma rule shows what it would change, becomes a reason, and is one no more when turned off', async ({
  signInAs,
}) => {
  const page = await signInAs('admin')
  const marker = unique('sigma')
  const title = `Library ${marker} from the Public folder`
  await importUse(page, marker)

  await open(page, '/settings/sigma/load')
  await page.getByLabel('Zip or .yml files').setInputFiles([ruleFile(marker, title), tornFile()])
  await expect(page.getByText('1 new rule, 0 changed, 0 the same, 0 to be removed, 1 refused.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'torn.yml' })).toContainText('YAML')
  await page.getByLabel('Rule set').fill(marker)
  await page.getByRole('button', { name: 'Show the difference' }).click()
  await page.getByRole('button', { name: 'Load 1 rule' }).click()
  await expect(page.getByRole('row').filter({ hasText: title })).toContainText('high')

  const reason = page.getByRole('link', { name: `Sigma: ${title}` })
  await openDeviation(page, marker)
  await expect(reason).toBeVisible()
  const reference = page.getByRole('link', { name: /example\.com/ })
  await expect(reference).toHaveAttribute('rel', 'noopener noreferrer')
  const reasons = page.getByRole('table', { name: 'Reasons and their bits' })
  await expect(reasons.getByRole('row').filter({ hasText: title })).toContainText('4.0')

  const responder = await signInAs('responder')
  await open(responder, (await reason.getAttribute('href')) ?? '')
  await expect(responder.getByRole('heading', { name: title })).toBeVisible()
  await expect(responder.getByText('1 event on 1 host')).toBeVisible()
  await expect(responder.getByRole('link', { name: 'Turn on or off' })).toHaveCount(0)

  await open(page, `/settings/sigma?set=${marker}`)
  await page.getByRole('checkbox', { name: `${title} is on` }).click()
  await expect(page.getByRole('checkbox', { name: `${title} is on` })).not.toBeChecked()
  await openDeviation(page, marker)
  await expect(reasons).toBeVisible()
  await expect(reason).toHaveCount(0)
})

function ruleFile(marker: string, title: string) {
  const text = `title: ${title}
id: ${marker}
level: high
references:
  - https://example.com/${marker}
  - javascript:alert(1)
logsource:
  category: process_creation
  product: windows
detection:
  selection:
    Image|endswith: '\\rundll32.exe'
    CommandLine|contains: '\\${marker}.dll'
  condition: selection
`
  return { name: `${marker}.yml`, mimeType: 'application/yaml', buffer: Buffer.from(text) }
}

function tornFile() {
  return { name: 'torn.yml', mimeType: 'application/yaml', buffer: Buffer.from('title: [') }
}

async function importUse(page: Page, marker: string): Promise<void> {
  const record = sysmonCreation({
    host: marker,
    commandLine: `rundll32.exe C:\\Users\\Public\\${marker}.dll,Start`,
    parentImage: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
  })
  await expect(await uploadRecords(page, marker, [record])).toContainText('Done')
}

/** The only deviation of the host that the marker names, once what a rule changes is computed. */
async function openDeviation(page: Page, marker: string): Promise<void> {
  await computed(page)
  await open(page, `/deviations?host=${marker}&below=yes&state=all`)
  await page.locator('[data-row-link]').first().click()
}
