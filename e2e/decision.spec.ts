import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { unique } from './logs'
import { expect, open, test } from './test'

test('what a responder proposes with its evidence, a manager approves, and every list says so', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  const manager = await signInAs('manager')
  const note = unique('Nothing here has needed it')
  const slug = await undecidedBinary(responder)
  await propose(responder, slug, note)
  const proposal = decisionPanel(responder)
  await expect(proposal).toContainText('Proposed by Rana Responder')
  await expect(proposal.getByText(/on [\d\s]+ executions? on [\d\s]+ hosts?/)).toBeVisible()
  // nobody approves what they proposed
  await expect(proposal.getByRole('button', { name: 'Withdraw…' })).toBeVisible()
  await expect(proposal.getByRole('button', { name: 'Approve…' })).toHaveCount(0)

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
  await expect(decisionPanel(responder)).toContainText('approved by Milo Manager')

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
  await expect(second.getByText('Milo Manager')).toBeVisible()
})

test('a rejection says why, and the binary can be proposed again', async ({ signInAs }) => {
  const responder = await signInAs('responder')
  const note = unique('Perhaps')
  const slug = await undecidedBinary(responder)
  await propose(responder, slug, note)
  const manager = await signInAs('manager')
  await open(manager, `/binaries/${slug}`)
  await decisionPanel(manager).getByRole('button', { name: 'Reject…' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Reject this verdict' })
  await dialog.getByLabel('Comment').fill('Printers need it')
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await expect(messages(manager)).toContainText('Rejected.')
  await open(responder, `/binaries/${slug}`)
  const panel = decisionPanel(responder)
  await expect(panel.getByRole('button', { name: 'Propose' })).toBeVisible()
  await panel.getByText('earlier decision').click()
  await panel
    .getByRole('link', { name: /^Decision \d+/ })
    .first()
    .click()
  await expect(responder.getByText('Printers need it')).toBeVisible()
})

test('a viewer sees decisions and is offered none', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/binaries/rundll32.exe')
  await expect(decisionPanel(page)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Propose' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^(Approve|Reject|Withdraw)/ })).toHaveCount(0)
})

/** A binary that ran here and that nobody has decided on: earlier runs leave theirs decided. */
async function undecidedBinary(page: Page): Promise<string> {
  await open(page, '/binaries?decision=undecided&seen=yes&sort=executions')
  const href = await page.locator('tbody').getByRole('link').first().getAttribute('href')
  return decodeURIComponent(href?.replace('/binaries/', '') ?? '')
}

async function propose(page: Page, slug: string, note: string): Promise<void> {
  await open(page, `/binaries/${slug}`)
  const panel = decisionPanel(page)
  await panel.getByRole('radio', { name: /^Safe to block/ }).check()
  await panel.getByLabel('Why').fill(note)
  await panel.getByRole('button', { name: 'Propose' }).click()
  await expect(messages(page)).toContainText('Proposed: it waits for a manager.')
  await expect(panel).toContainText(note)
}

async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve…' }).click()
  await page
    .getByRole('dialog', { name: 'Approve this verdict' })
    .getByRole('button', { name: 'Approve' })
    .click()
}

async function exportedDecisions(page: Page): Promise<Record<string, string>[]> {
  const answer = await page.request.get('/api/exports/decisions.csv')
  expect(answer.headers()['content-type']).toContain('text/csv')
  return parse(await answer.body(), { columns: true, bom: true })
}

function decisionPanel(page: Page) {
  return page.getByRole('complementary', { name: 'Decision' })
}

function row(page: Page, note: string) {
  return page.getByRole('row').filter({ hasText: note })
}

function messages(page: Page) {
  return page.getByRole('region', { name: 'Messages' })
}
