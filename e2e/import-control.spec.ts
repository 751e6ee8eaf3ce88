import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { figure, transfer, upload, uploadRecords } from './imports-page'
import { ndjson, sysmonCreation, unique } from './logs'
import { answered, rows } from './page'
import { expect, open, test } from './test'

test('a folder is uploaded to its bottom, each file with its path and its own result', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const name = unique('folder')
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'cordon-e2e-')), name)
  mkdirSync(path.join(folder, 'deep/er'), { recursive: true })
  const line = (host: string) => ndjson([sysmonCreation({ host, commandLine: 'rundll32.exe a.dll,b' })])
  writeFileSync(path.join(folder, 'top.ndjson'), line(name))
  writeFileSync(path.join(folder, 'deep/er/bottom.ndjson'), line(name))
  writeFileSync(path.join(folder, 'deep/notes.txt'), 'To do: buy milk.')
  await open(page, '/imports')
  await page.getByLabel('Choose a folder').setInputFiles(folder)
  await expect(page.getByText('3 of 3 files done')).toBeVisible()
  await expect(transfer(page, `${name}/top.ndjson`)).toContainText('1 new execution')
  await expect(transfer(page, `${name}/deep/er/bottom.ndjson`)).toContainText('1 new execution')
  await expect(transfer(page, `${name}/deep/notes.txt`)).toContainText('Rejected')
  rmSync(path.dirname(folder), { recursive: true })
})

test('a file whose connection breaks is waited for, and after a reload the same file goes on where it stopped', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const host = unique('broken')
  const file = largeFile(host)
  await open(page, '/imports')
  // the second piece never arrives
  let pieces = 0
  await page.route('**/api/ingest/v1/uploads/*?offset=*', (route) =>
    pieces++ === 0 ? route.continue() : route.abort(),
  )
  await page.getByLabel('Choose files').setInputFiles(file)
  await expect(transfer(page, host)).toContainText('The connection is broken. It is tried again.')
  await page.reload()
  await page.unroute('**/api/ingest/v1/uploads/*?offset=*')
  const offsets: string[] = []
  page.on('request', (request) => {
    const offset = new URL(request.url()).searchParams.get('offset')
    if (offset !== null) offsets.push(offset)
  })
  await open(page, '/imports')
  await page.getByLabel('Choose files').setInputFiles(file)
  await expect(transfer(page, host)).toContainText('Done')
  await expect(transfer(page, host)).toContainText('1 new execution')
  expect(offsets[0]).toBe(String(8 * 1024 * 1024))
  rmSync(path.dirname(file), { recursive: true })
})

test('sending is paused and resumed, and what is cancelled is read no further', async ({ signInAs }) => {
  const page = await signInAs('responder')
  const host = unique('paused')
  const file = largeFile(host)
  await open(page, '/imports')
  await page.route('**/api/ingest/v1/uploads/*?offset=8388608', () => undefined)
  await page.getByLabel('Choose files').setInputFiles(file)
  await page.getByRole('button', { name: `Pause ${host}` }).click()
  await expect(transfer(page, host)).toContainText('Paused')
  await page.unroute('**/api/ingest/v1/uploads/*?offset=8388608')
  await page.getByRole('button', { name: `Resume ${host}` }).click()
  await expect(transfer(page, host)).toContainText('1 new execution')

  await page.route('**/api/ingest/v1/uploads/*?offset=0', () => undefined)
  const sending = page.waitForRequest('**/api/ingest/v1/uploads/*?offset=0')
  await upload(page, {
    name: `${host}-again.ndjson`,
    mimeType: '',
    buffer: ndjson([sysmonCreation({ host, commandLine: 'rundll32.exe c.dll,d' })]),
  })
  await sending
  await page.getByRole('button', { name: `Cancel ${host}-again` }).click()
  const dialog = page.getByRole('dialog', { name: `Cancel ${host}-again` })
  await expect(dialog).toContainText('Nothing of it is read')
  await dialog.getByRole('button', { name: 'Keep importing' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: `Cancel ${host}-again` }).click()
  await answered(page, () => dialog.getByRole('button', { name: 'Cancel import' }).click())
  await expect(transfer(page, `${host}-again`)).toContainText('Cancelled')
  await page.unroute('**/api/ingest/v1/uploads/*?offset=0')
  await open(page, `/imports?q=${host}-again`)
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toContainText('Cancelled')
  rmSync(path.dirname(file), { recursive: true })
})

test('records that name no host are told, downloaded as CSV, and read again with a host', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const host = unique('nameless')
  const nameless = [1, 2].map((number) => {
    const record = sysmonCreation({ host, commandLine: `rundll32.exe ${host}.dll,#${number}` })
    const { computer_name: _gone, ...winlog } = record.winlog
    return { '@timestamp': record['@timestamp'], winlog }
  })
  await open(page, '/imports')
  await upload(page, { name: `${host}.ndjson`, mimeType: '', buffer: ndjson(nameless) })
  await expect(transfer(page, host)).toContainText('records name no host')
  await transfer(page, host).getByRole('link').click()
  await expect(figure(page, 'Rejected records')).toHaveText('2')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Rejections as CSV' }).click()
  const answer = await page.request.get((await download).url())
  const records: Record<string, string>[] = parse(await answer.body(), { columns: true, bom: true })
  expect(records.map(({ file, position }) => [file, position])).toEqual([
    [`${host}.ndjson`, '1'],
    [`${host}.ndjson`, '2'],
  ])
  expect(records[0]?.['reason']).toContain('no host')

  await page.getByLabel('Host name').fill(host)
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByText(`records without a host belong to ${host}`).first()).toBeVisible()
  await expect(figure(page, 'New executions of proxy binaries')).toHaveText('2')
  await expect(figure(page, 'Rejected records')).toHaveText('0')
  await open(page, `/executions?host=${host}&days=all`)
  await expect(rows(page)).toHaveCount(2)
})

test('an import is taken back by an administrator, who is shown what goes, and read again', async ({
  signInAs,
}) => {
  const page = await signInAs('admin')
  const host = unique('wrong')
  const records = [1, 2].map((number) =>
    sysmonCreation({ host, commandLine: `rundll32.exe ${host}.dll,#${number}` }),
  )
  await expect(await uploadRecords(page, host, records)).toContainText('2 new executions')
  await transfer(page, host).getByRole('link').click()
  await page.getByRole('button', { name: 'Take back…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Take back this import?' })
  await expect(dialog).toContainText('2 executions of proxy binaries')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Take back…' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText(`Nothing is left of 1 host (${host})`)
  await dialog.getByLabel('Why').fill('another customer’s log')
  await dialog.getByRole('button', { name: 'Take back' }).click()
  const said = page.getByRole('status').filter({ hasText: 'Taken back by' })
  await expect(said).toContainText('another customer’s log', { timeout: 60_000 })
  await expect(page.getByRole('main')).toBeFocused()
  // what is gone has nothing to lead to
  await expect(rows(page).getByRole('link', { name: '2', exact: true })).toHaveCount(0)
  const takenBack = page.url()
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page).not.toHaveURL(takenBack)
  await expect(figure(page, 'New executions of proxy binaries')).toHaveText('2')
  const again = page.url()
  await page.getByText('Read again from').getByRole('link').click()
  await expect(page).toHaveURL(takenBack)
  await page.getByText('Read again as').getByRole('link').click()
  await expect(page).toHaveURL(again)
  await open(page, `/executions?host=${host}&days=all`)
  await expect(rows(page)).toHaveCount(2)
})

/** On disk, for what the browser knows it by: one execution, then blank lines into a second piece. */
function largeFile(host: string): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'cordon-e2e-')), `${host}.ndjson`)
  const record = ndjson([sysmonCreation({ host, commandLine: 'rundll32.exe a.dll,b' })])
  writeFileSync(file, Buffer.concat([record, Buffer.alloc(9 * 1024 * 1024, '\n')]))
  return file
}
