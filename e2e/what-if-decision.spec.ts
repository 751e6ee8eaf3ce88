import type { Locator, Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { digits, figure, propose, undecidedBinary } from './decisions-page'
import { unique } from './logs'
import { messages } from './page'
import { expect, open, test } from './test'

test('a block is tried out, spares what is needed, is proposed and approved, with the same numbers all the way', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  const slug = await undecidedBinary(responder, 'most')
  await open(responder, `/binaries/${slug}`)
  await choose(responder, /Refuse to start it EDR/)
  const use = await figure(responder, 'Executions interrupted')
  const hosts = await figure(responder, 'Hosts interrupted')
  expect(use).toBeGreaterThan(0)
  await expect(chosen(responder)).toContainText(new RegExp(`^.*${spaced(use)} on ${spaced(hosts)} hosts?`))

  // what the list says of a parent is what sparing it gives back
  const parents = responder.getByRole('table', { name: 'interrupted parents' })
  const [spare, , count] = await parents.locator('tbody tr').first().getByRole('cell').all()
  if (!spare || !count) throw new Error('nothing is interrupted')
  const given = digits(await count.innerText())
  await spare.getByRole('button').click()
  await expect.poll(() => figure(responder, 'Executions interrupted')).toBe(use - given)
  expect(await figure(responder, 'Executions spared')).toBe(given)
  await expect(responder.getByRole('list', { name: 'exceptions' })).toContainText(
    new RegExp(`Without it: ${spaced(given)} executions? more interrupted`),
  )
  const left = await figure(responder, 'Hosts interrupted')

  await responder.getByRole('link', { name: 'Decide on this block…' }).click()
  await expect(responder.getByRole('radio', { name: /^Restrict/ })).toBeChecked()
  const note = unique('All but the one that needs it')
  await responder.getByLabel('Why', { exact: true }).first().fill('Everyday work starts it so')
  await responder.getByLabel('Why', { exact: true }).last().fill(note)
  await responder.getByRole('button', { name: 'Propose' }).click()
  await expect(messages(responder)).toContainText('Proposed: it waits for a manager.')
  await expect(responder.getByRole('heading', { level: 1, name: /^Decision \d+ on/ })).toBeVisible()
  const href = new URL(responder.url()).pathname

  const manager = await signInAs('manager')
  await open(manager, '/decisions')
  const waiting = awaiting(manager).getByRole('listitem').filter({ hasText: note })
  await expect(waiting).toContainText(new RegExp(`ran ${spaced(use)} times? on ${spaced(hosts)} hosts?`))
  await waiting.getByRole('link').click()
  await expect(manager).toHaveURL(new RegExp(`${href}$`))
  expect(await figure(manager, 'Executions interrupted')).toBe(use - given)
  expect(await figure(manager, 'Hosts interrupted')).toBe(left)
  const evidence = manager
    .getByRole('table', { name: 'evidence' })
    .getByRole('row', { name: /^Executions \d/ })
  expect((await evidence.getByRole('cell').allInnerTexts()).slice(1, 3).map(digits)).toEqual([use, use])
  await expect(manager.getByRole('complementary', { name: 'Suggestion' })).toContainText(
    /When it was proposed, and now/,
  )
  await manager.getByRole('button', { name: 'Approve…' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Approve this decision' })
  await expect(dialog).toContainText(new RegExp(`It ran ${spaced(use)} times? on ${spaced(hosts)} hosts?`))
  await dialog.getByLabel('Comment').fill('Agreed with operations')
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await expect(messages(manager)).toContainText('Approved.')

  await open(responder, '/notifications')
  await expect(responder.getByRole('main')).toContainText('A decision of yours was approved')
  const answer = await responder.request.get(`/api/exports/decisions.csv?binary=${slug}`)
  const lines: Record<string, string>[] = parse(await answer.body(), { columns: true, bom: true })
  expect(lines.find(({ justification }) => justification === note)).toMatchObject({
    state: 'approved',
    exceptions: '1',
    evidence_executions: String(use),
    evidence_hosts: String(hosts),
  })
  await open(responder, `${href}/summary`)
  await expect(responder.getByRole('main')).toContainText(
    new RegExp(`interrupts? ${spaced(use - given)} execution`),
  )
})

test('a block is tried on one host, which is found by its name', async ({ signInAs }) => {
  const responder = await signInAs('responder')
  await open(responder, `/binaries/${await undecidedBinary(responder, 'most')}`)
  await choose(responder, /Refuse to start it EDR/)
  await responder.getByRole('button', { name: 'Some hosts' }).click()
  const dialog = responder.getByRole('dialog', { name: /^(Some hosts|1 host chosen)$/ })
  await expect(dialog).toContainText(/Hosts that used|used .* most, of/)
  const host = await dialog.getByRole('option').last().innerText()
  await dialog.getByRole('combobox', { name: 'Some hosts' }).fill(host)
  await expect(dialog.getByRole('option')).toHaveText([host])
  await responder.keyboard.press('Enter')
  await expect(dialog.getByRole('option')).toHaveAttribute('aria-checked', 'true')
  await expect(dialog).toHaveAccessibleName('1 host chosen')
  await responder.keyboard.press('Escape')
  await expect(responder.getByRole('button', { name: '1 host', exact: true })).toBeFocused()
  await expect(responder.getByRole('button', { name: 'Whole fleet' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
  await expect.poll(() => figure(responder, 'Hosts interrupted')).toBe(1)

  await responder.getByRole('button', { name: '1 host', exact: true }).click()
  await expect(dialog.getByRole('option').first()).toContainText(host)
  await dialog.getByRole('button', { name: 'Choose none' }).click()
  await expect(responder.getByRole('dialog', { name: 'Some hosts' })).toBeVisible()
})

test('who stands in sees what awaits the other one, marked as such, and it goes back when it is taken back', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  const note = unique('While the manager is away')
  await propose(responder, await undecidedBinary(responder, 'most'), note)

  const [manager, admin] = [await signInAs('manager'), await signInAs('admin')]
  await open(manager, '/decisions')
  await manager.getByRole('button', { name: 'Let somebody stand in…' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Let somebody stand in' })
  await dialog.getByLabel('Who').selectOption({ label: 'Ada Admin' })
  await dialog.getByLabel('Until').fill('2099-01-01')
  await dialog.getByRole('button', { name: 'Let them stand in' }).click()
  await expect(manager.getByText('Ada Admin decides for you until 2099-01-01.')).toBeVisible()

  await open(admin, '/decisions')
  const waiting = awaiting(admin).getByRole('listitem').filter({ hasText: note })
  await expect(waiting).toContainText('You stand in for Milo Manager.')
  await waiting.getByRole('link').click()
  await expect(admin.getByText('You stand in for Milo Manager, whom it awaits.')).toBeVisible()

  await manager.getByRole('button', { name: 'Take back' }).click()
  await expect(messages(manager)).toContainText('What awaits you is yours again.')
  await admin.reload()
  await expect(admin.getByText('You stand in for')).toHaveCount(0)
  await responder.getByRole('button', { name: 'Withdraw…' }).click()
  await responder.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await expect(messages(responder)).toContainText('Withdrawn.')
})

async function choose(page: Page, rung: RegExp): Promise<void> {
  await page.getByRole('radio', { name: rung }).check()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

/** The control that is chosen, with what it would interrupt. */
function chosen(page: Page): Locator {
  return page
    .getByRole('group', { name: /^Control, from least/ })
    .locator('li')
    .filter({ has: page.locator(':checked') })
}

function awaiting(page: Page): Locator {
  return page.getByRole('region', { name: /awaits? you$/ })
}

/** A number as pages write it, with whatever space between its thousands. */
function spaced(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, '\\s?')
}
