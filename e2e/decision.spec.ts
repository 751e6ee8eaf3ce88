import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { approve, begin, decisionPanel, propose, undecidedBinary } from './decisions-page'
import { unique } from './logs'
import { messages } from './page'
import { expect, open, test } from './test'

test('what a responder proposes with its evidence, a manager approves, and every list says so', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  const manager = await signInAs('manager')
  const note = unique('Nothing here has needed it')
  const slug = await undecidedBinary(responder)
  await propose(responder, slug, note)
  // nobody approves what they proposed
  await expect(responder.getByRole('button', { name: 'Withdraw…' })).toBeVisible()
  await expect(responder.getByRole('button', { name: 'Approve…' })).toHaveCount(0)
  await open(responder, `/binaries/${slug}`)
  const proposal = decisionPanel(responder)
  await expect(proposal).toContainText('Proposed by Rana Responder')
  await expect(proposal.getByText(/on [\d\s]+ executions? on [\d\s]+ hosts?/)).toBeVisible()

  await open(manager, '/decisions?awaiting=me')
  await row(manager, note).getByRole('link').first().click()
  await expect(manager.getByRole('heading', { name: 'Proposal', exact: true })).toBeVisible()
  await expect(manager.getByRole('table', { name: 'evidence' })).toContainText(/executions/i)
  await approve(manager)
  await expect(messages(manager)).toContainText('Approved.')
  await expect(manager.getByRole('button', { name: 'Approve…' })).toHaveCount(0)

  await open(responder, '/decisions')
  await expect(row(responder, note)).toContainText('Approved')
  await expect(row(responder, note)).toContainText('Milo Manager')
  await open(responder, `/binaries/${slug}`)
  await expect(decisionPanel(responder)).toContainText('Approved')
  await expect(decisionPanel(responder)).toContainText('Approved by Milo Manager')

  const [line] = (await exportedDecisions(responder)).filter(({ justification }) => justification === note)
  expect(line).toMatchObject({
    binary: slug,
    verdict: 'safe-to-block',
    state: 'approved',
    proposed_by: 'Rana Responder',
    decided_by: 'Milo Manager',
  })
  expect(Number(line?.['evidence_executions'])).toBeGreaterThan(0)
})

test('of two managers who decide at once, the second is told and nothing changes twice', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  const note = unique('Two look at it at once')
  await propose(responder, await undecidedBinary(responder), note)
  const [first, second] = [await signInAs('manager'), await signInAs('admin')]
  for (const page of [first, second]) {
    await open(page, '/decisions?awaiting=me')
    await row(page, note).getByRole('link').first().click()
    await expect(page.getByRole('heading', { name: 'Proposal', exact: true })).toBeVisible()
  }
  await approve(first)
  await expect(messages(first)).toContainText('Approved.')
  await second.getByRole('button', { name: 'Reject…' }).click()
  const dialog = second.getByRole('dialog')
  await dialog.getByLabel('Comment').fill('Too early')
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await expect(messages(second)).toContainText(
    'This decision is approved: it can no longer be changed this way.',
  )
  // the page shows what it became
  await expect(second.getByRole('button', { name: 'Reject…' })).toHaveCount(0)
  await expect(history(second)).toContainText('Milo Manager approved it')
})

test('a rejection says why, and the binary can be proposed again', async ({ signInAs }) => {
  const responder = await signInAs('responder')
  const note = unique('Perhaps')
  const slug = await undecidedBinary(responder)
  await propose(responder, slug, note)
  const manager = await signInAs('manager')
  await open(manager, `/binaries/${slug}`)
  await decisionPanel(manager)
    .getByRole('link', { name: /^Refuse to start/ })
    .first()
    .click()
  await manager.getByRole('button', { name: 'Reject…' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Reject this decision' })
  await dialog.getByLabel('Comment').fill('Printers need it')
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await expect(messages(manager)).toContainText('Rejected.')
  await open(responder, `/binaries/${slug}`)
  const panel = decisionPanel(responder)
  await expect(panel.getByRole('link', { name: 'Decide on it…' })).toBeVisible()
  await panel.getByText('earlier decision').click()
  await panel
    .getByRole('link', { name: /^Decision \d+/ })
    .first()
    .click()
  await expect(history(responder)).toContainText('Printers need it')
  // it is brought to no host
  await expect(responder.getByRole('heading', { name: 'Rollout' })).toHaveCount(0)
})

test('a viewer sees decisions and is offered none', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/binaries/rundll32.exe')
  await expect(decisionPanel(page)).toBeVisible()
  await expect(page.getByRole('link', { name: /^(Decide on it|Another decision)/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^(Emergency|Approve|Reject|Withdraw)/ })).toHaveCount(0)
  const answer = await page.goto('/decisions/new?binary=rundll32.exe')
  expect(answer?.status()).toBe(403)
})

test('a draft is kept, audited on its first ring, and says what holds enforcing back', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  const slug = await undecidedBinary(responder)
  await begin(responder, slug)
  await responder.getByRole('radio', { name: /^Restrict/ }).check()
  await responder.getByRole('button', { name: 'Add an exception' }).click()
  await responder.getByLabel('What', { exact: true }).fill('explorer.exe @ windows')
  await responder.getByLabel('Why', { exact: true }).first().fill('People start it from the desktop')
  await responder.getByRole('button', { name: 'Keep as a draft' }).click()
  await expect(messages(responder)).toContainText('The draft was kept.')
  await expect(responder.getByText('Before it is proposed: Say why')).toBeVisible()
  await responder.getByRole('link', { name: 'Edit' }).click()
  await responder.getByLabel('Why', { exact: true }).last().fill(unique('Only from the desktop'))
  await responder.getByRole('button', { name: /^Audit (it first|the first ring)$/ }).click()
  await expect(messages(responder)).toContainText('In audit:')
  await expect(responder.getByText('Not ready to enforce')).toBeVisible()
  await expect(responder.getByText(/days of audit on record; it takes 7/)).toBeVisible()
  await expect(responder.getByRole('button', { name: 'Declare enforced…' })).toHaveCount(0)
  await responder.getByRole('button', { name: 'Withdraw…' }).click()
  await responder.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await expect(messages(responder)).toContainText('Withdrawn.')
})

test('a manager enforces with a reason what is not ready, and anybody can take it back', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  const note = unique('Burning')
  await propose(responder, await undecidedBinary(responder), note)
  const manager = await signInAs('manager')
  await manager.goto(responder.url())
  await approve(manager)
  await manager.getByRole('button', { name: 'Declare enforced…' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Declare this ring enforced' })
  await expect(dialog).toContainText('It is not ready')
  await dialog.getByLabel('Why all the same').fill('Attackers use it now')
  await dialog.getByRole('button', { name: 'Declare enforced' }).click()
  await expect(messages(manager)).toContainText('The ring is enforced.')
  await expect(manager.getByText(/policy confirmed on/)).toBeVisible()
  await responder.reload()
  await responder.getByRole('button', { name: 'Take back…' }).click()
  const back = responder.getByRole('dialog', { name: 'Take this ring back' })
  await back.getByLabel('Why', { exact: true }).fill('It broke the tills')
  await back.getByRole('button', { name: 'Take back' }).click()
  await expect(responder.getByText('Taken back', { exact: true })).toBeVisible()
  await expect(history(responder)).toContainText('It broke the tills')
})

test('an emergency block waits for a manager with its end in sight', async ({ signInAs }) => {
  const responder = await signInAs('responder')
  await open(responder, `/binaries/${await undecidedBinary(responder)}`)
  await responder.getByRole('button', { name: 'Emergency block…' }).click()
  await responder.getByRole('dialog').getByLabel('Why').fill(unique('Ransomware on the tills'))
  await responder.getByRole('dialog').getByRole('button', { name: 'Block it now' }).click()
  await expect(responder.getByText(/It lapses/)).toBeVisible()
  const manager = await signInAs('manager')
  await open(manager, '/decisions?awaiting=me')
  // what is in force already comes first
  await expect(manager.locator('tbody tr').first()).toContainText('Emergency')
  await manager.goto(responder.url())
  await approve(manager)
  await expect(manager.getByText('Enforced').first()).toBeVisible()
})

test('single hosts of an emergency block of which none is chosen are not the whole fleet', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  await open(responder, `/binaries/${await undecidedBinary(responder)}`)
  await responder.getByRole('button', { name: 'Emergency block…' }).click()
  const dialog = responder.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Single hosts' }).check()
  await dialog.getByLabel('Why').fill('Ransomware on the tills')
  await dialog.getByRole('button', { name: 'Block it now' }).click()
  await expect(messages(responder)).toContainText('Choose the hosts')
  await expect(dialog).toBeVisible()
})

test('a decision prints on one page, for those who approve changes', async ({ signInAs }) => {
  const responder = await signInAs('responder')
  const note = unique('For the board')
  await propose(responder, await undecidedBinary(responder), note)
  const id = new URL(responder.url()).pathname.split('/').at(-1)
  await open(responder, `/decisions/${id}/summary`)
  await expect(responder.getByRole('heading', { level: 1 })).toContainText(`Decision ${id}`)
  await expect(responder.getByText(note)).toBeVisible()
  await expect(responder.getByRole('navigation')).toHaveCount(0)
})

async function exportedDecisions(page: Page): Promise<Record<string, string>[]> {
  const answer = await page.request.get('/api/exports/decisions.csv')
  expect(answer.headers()['content-type']).toContain('text/csv')
  return parse(await answer.body(), { columns: true, bom: true })
}

function history(page: Page) {
  return page.getByRole('complementary', { name: 'History' })
}

function row(page: Page, note: string) {
  return page.getByRole('row').filter({ hasText: note })
}
