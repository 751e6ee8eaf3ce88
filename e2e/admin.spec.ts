import type { Locator, Page } from '@playwright/test'
import { choosePassword, invite, newPerson } from './accounts'
import { uploadRecords } from './imports-page'
import { sysmonCreation, unique } from './logs'
import { messages, rows } from './page'
import { expect, open, submitSignIn, test } from './test'

const OPTIONAL = 'Rpcping.exe'

test('an entry that is added brings past executions, and retiring it takes it out of use', async ({
  signInAs,
}) => {
  const page = await signInAs('admin')
  const tool = `${unique('tool')}.exe`
  const host = unique('host')
  await importRuns(page, host, tool, 2)
  await open(page, '/settings/catalogue')
  await page.getByRole('button', { name: 'Add an entry' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an entry' })
  await dialog.getByRole('textbox', { name: 'File name', exact: true }).fill(tool)
  await dialog.getByLabel('Description').fill('Runs what it is given.')
  await dialog.getByLabel('ATT&CK techniques').fill('T1218')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(messages(page)).toContainText(`${tool} was added.`)
  await expect(page.getByText(`${tool}: 2 past executions appeared`)).toBeVisible()
  await expectExecutions(page, host, 2)

  await change(page, tool, 'Edit…')
  const edit = page.getByRole('dialog', { name: `Edit ${tool}` })
  await edit.getByLabel('Needed for').fill('The nightly inventory')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(messages(page)).toContainText(`${tool} was changed.`)
  await open(page, `/binaries/${tool}`)
  await expect(page.getByRole('definition').filter({ hasText: 'The nightly inventory' })).toBeVisible()

  await change(page, tool, 'Retire…')
  const retire = page.getByRole('dialog', { name: `Retire ${tool}` })
  await expect(retire).toContainText('They stay stored, and restoring brings them back.')
  await retire.getByRole('button', { name: 'Retire' }).click()
  await expect(entry(page, tool)).toContainText('retired')
  await open(page, `/binaries/${tool}`)
  await expect(page.getByText('retired', { exact: true })).toBeVisible()
})

test('an optional tool that is turned on shows its past executions', async ({ signInAs }) => {
  const page = await signInAs('admin')
  const host = unique('host')
  await importRuns(page, host, OPTIONAL, 3)
  await open(page, `/executions?host=${host}&days=all`)
  await expect(page.getByText('No executions match')).toBeVisible()

  await change(page, OPTIONAL, 'Turn on…')
  await confirm(page, `Turn on ${OPTIONAL}`, 'Turn on')
  await expect(page.getByText(/\d+ past executions appeared/)).toBeVisible()
  await expect(entry(page, OPTIONAL)).toContainText('counted')
  await expectExecutions(page, host, 3)

  await change(page, OPTIONAL, 'Turn off…')
  await confirm(page, `Turn off ${OPTIONAL}`, 'Turn off')
  await expect(entry(page, OPTIONAL)).toContainText('not counted')
})

test('a LOLBAS file shows what is new before anything is added, and then starts turned off', async ({
  signInAs,
}) => {
  const page = await signInAs('admin')
  const tool = `${unique('lolbas')}.exe`
  await open(page, '/settings/catalogue/import')
  await page.getByLabel('File').setInputFiles({
    name: 'lolbas.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      JSON.stringify([
        {
          Name: tool,
          Description: 'Runs what it is given.',
          Commands: [{ Command: `${tool} /run`, Category: 'Execute', MitreID: 'T1218' }],
          Full_Path: [{ Path: `C:\\Windows\\System32\\${tool}` }],
        },
      ]),
    ),
  })
  await expect(page.getByText('1 new entry, 0 that differ')).toBeVisible()
  await page.getByRole('checkbox', { name: tool }).check()
  await page.getByRole('button', { name: 'Add 1 entry' }).click()
  await expect(messages(page)).toContainText('Added 1 entry, turned off.')
  await expect(entry(page, tool)).toContainText('not counted')
})

test('a LOLBAS file that cannot be read says why', async ({ signInAs }) => {
  const page = await signInAs('admin')
  await open(page, '/settings/catalogue/import')
  const torn = { name: 'lolbas.json', mimeType: '', buffer: Buffer.from('{"torn": ') }
  await page.getByLabel('File').setInputFiles(torn)
  await expect(page.getByRole('listitem').filter({ hasText: 'lolbas.json' })).toContainText(/JSON/)
})

test('hosts that are put into a new group are shown, counted and compared there', async ({ signInAs }) => {
  const page = await signInAs('admin')
  const group = unique('Kiosks')
  const host = unique('kiosk')
  await importRuns(page, host, 'rundll32.exe', 1)
  await open(page, '/settings/host-groups')
  await page.getByRole('button', { name: 'Make a group' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a host group' })
  await dialog.getByLabel('Name').fill(group)
  await dialog.getByRole('button', { name: 'Make the group' }).click()
  await expect(page.getByRole('row').filter({ hasText: group })).toContainText('0')

  await open(page, `/settings/host-groups?q=${host.slice(0, -1)}*`)
  await page.getByRole('checkbox', { name: host }).check()
  await page.getByRole('combobox', { name: 'Group' }).selectOption({ label: group })
  await page.getByRole('button', { name: 'Put 1 host into it…' }).click()
  await expect(page.getByRole('dialog')).toContainText(`1 host will be in ${group} from today on.`)
  await confirm(page, `Put hosts into ${group}`, 'Put into group')
  await expect(messages(page)).toContainText(`Now in ${group}: 1 host.`)
  await page.getByRole('row').filter({ hasText: group }).getByRole('link', { name: '1' }).click()
  await expect(page).toHaveURL(/\/hosts\?group=/)
  await expect(page.locator('tbody').getByRole('row')).toHaveCount(1)
  await expect(page.locator('tbody').getByRole('row')).toContainText(host)
})

test('who is invited chooses a password by a link that works once, and is out as soon as they are disabled', async ({
  signInAs,
  page: stranger,
}) => {
  const admin = await signInAs('admin')
  const person = newPerson('Nora New')
  const link = await invite(admin, person, 'viewer')

  await choosePassword(stranger, link, person.password)
  await open(stranger, link)
  await expect(stranger.getByText('This link does not work')).toBeVisible()
  await open(stranger, '/sign-in?next=/hosts')
  await submitSignIn(stranger, person)
  await expect(stranger).toHaveURL('/hosts')

  await admin.getByRole('button', { name: `Change the account of ${person.name}` }).click()
  await admin.getByRole('menuitem', { name: 'Disable…' }).click()
  await admin
    .getByRole('dialog')
    .getByRole('button', { name: /^Disable/ })
    .click()
  await expect(admin.getByRole('row').filter({ hasText: person.name })).toContainText('disabled')
  await stranger.goto('/binaries')
  await expect(stranger).toHaveURL('/sign-in?next=%2Fbinaries')
})

test('what an admin changed stands in the audit log, whose chain holds', async ({ signInAs }) => {
  const page = await signInAs('admin')
  const name = unique('Audited')
  await open(page, '/settings/host-groups')
  await page.getByRole('button', { name: 'Make a group' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Make the group' }).click()
  await expect(messages(page)).toContainText(`${name} was made.`)
  await open(page, '/audit')
  const newest = page.locator('tbody').getByRole('row').first()
  await expect(newest).toContainText('Ada Admin')
  await expect(newest).toContainText(name)
  await page.getByRole('button', { name: 'Check the chain' }).click()
  await expect(page.getByText(/^whole: [\d\s]+ entries follow from each other$/)).toBeVisible()
  await page.getByLabel('To (UTC)').fill('2020-01-02')
  await page.getByRole('button', { name: 'Show these days' }).click()
  await expect(page).toHaveURL(/\/audit\?to=2020-01-02$/)
  await expect(page.getByText(name)).toHaveCount(0)
})

/** Stores runs of a tool that is not counted (yet), or is. */
async function importRuns(page: Page, host: string, image: string, runs: number): Promise<void> {
  const records = Array.from({ length: runs }, (_, index) =>
    sysmonCreation({ host, image, commandLine: `${image} /run ${index}` }),
  )
  const sent = await uploadRecords(page, host, records)
  await expect(sent).toContainText(`${runs} record`)
  await expect(sent).toContainText('Done')
}

async function expectExecutions(page: Page, host: string, count: number): Promise<void> {
  await open(page, `/executions?host=${host}&days=all`)
  await expect(rows(page)).toHaveCount(count)
}

/** Opens the catalogue at an entry and chooses from its menu. */
async function change(page: Page, name: string, item: string): Promise<void> {
  await open(page, `/settings/catalogue?q=${name}`)
  await page.getByRole('button', { name: `Change ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function confirm(page: Page, title: string, button: string): Promise<void> {
  await page.getByRole('dialog', { name: title }).getByRole('button', { name: button }).click()
}

function entry(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ hasText: name })
}
