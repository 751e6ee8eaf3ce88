import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { begin, figure, moveRing, undecidedBinary } from './decisions-page'
import { unique } from './logs'
import { messages } from './page'
import { downloadAll } from './policies-page'
import { expect, open, test } from './test'

const INTERRUPTED = 'Executions interrupted'

test('an approval for fewer hosts than were proposed: its numbers follow, an empty ring falls away, what was left out is named, and the policies are for those hosts', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  await proposeForTwoGroups(responder, await undecidedBinary(responder, 'most'))
  const manager = await signInAs('manager')
  const id = new URL(responder.url()).pathname.split('/').at(-1) ?? ''
  await open(manager, `/decisions/${id}`)
  const all = await figure(manager, INTERRUPTED)
  expect(all).toBeGreaterThan(0)

  await manager.getByRole('button', { name: 'Approve…' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Approve this decision' })
  const only = dialog.getByRole('group', { name: 'Where it is to hold' })
  await expect(only.getByRole('radio', { name: 'Everywhere, as proposed' })).toBeChecked()
  await only.getByRole('radio', { name: 'Some host groups' }).check()
  await expect(only.getByRole('checkbox')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Choose at least one host group')
  const [servers, workstations] = ['Servers', 'Workstations'].map((name) =>
    only.getByRole('checkbox', { name, exact: true }),
  )
  await servers?.check()
  await expect(dialog).toContainText('A ring falls away, of which no host is left: Everything else.')
  const onServers = await figure(manager, INTERRUPTED, only)
  await servers?.uncheck()
  await workstations?.check()
  await expect(dialog).toContainText('A ring falls away, of which no host is left: Servers first.')
  const onWorkstations = await figure(manager, INTERRUPTED, only)
  // a single host is found by its name, by keyboard alone; what was chosen of the groups stays
  const [host = ''] = await hostsOf(manager, 'Servers')
  await only.getByRole('radio', { name: 'Single hosts' }).check()
  await only.getByRole('combobox', { name: 'Some hosts' }).fill(host)
  await expect(only.getByRole('option').first()).toHaveText(host)
  await manager.keyboard.press('Enter')
  await expect(only.getByRole('option').first()).toHaveAttribute('aria-checked', 'true')
  await expect(only.getByRole('status')).toContainText(/^1 of [\d\s]+ chosen: /)
  await only.getByRole('radio', { name: 'Some host groups' }).check()
  await expect(workstations ?? only).toBeChecked()
  // no host is in both
  expect(onServers + onWorkstations).toBe(all)
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await expect(messages(manager)).toContainText('Approved.')

  const decision = manager.getByRole('main')
  await expect(decision).toContainText(/Proposed for\s*Servers, Workstations: the approval narrowed it/)
  await expect(decision).toContainText(/Left out of it\s*Servers/)
  const evidence = decision.getByRole('table', { name: 'evidence', exact: true })
  for (const name of ['Proposed', 'Approved', 'Now'])
    await expect(evidence.getByRole('columnheader', { name, exact: true })).toBeVisible()
  await expect.poll(() => figure(manager, INTERRUPTED)).toBe(onWorkstations)
  await expect(manager.getByRole('heading', { name: 'Everything else' })).toBeVisible()
  await expect(manager.getByRole('heading', { name: 'Servers first' })).toHaveCount(0)
  await expect(manager.getByRole('complementary', { name: 'History' })).toContainText(
    'Rings without a host there fell away: Servers first',
  )
  await open(responder, '/notifications')
  await expect(responder.getByRole('main')).toContainText(/approved for fewer hosts/)

  await moveRing(manager, 'Put into audit')
  await expect(messages(manager)).toContainText('The ring is in audit.')
  await open(manager, '/policies')
  expect(await deniedOn(manager, id)).toEqual(await hostsOf(manager, 'Workstations'))
})

/** A block of Servers, then Workstations, as a responder proposes it. */
async function proposeForTwoGroups(page: Page, slug: string): Promise<void> {
  await begin(page, slug)
  await page.getByRole('radio', { name: /^Safe to block/ }).check()
  const where = page.getByRole('group', { name: 'Where' })
  await where.getByRole('radio', { name: 'Host groups' }).check()
  for (const name of ['Servers', 'Workstations'])
    await where.getByRole('checkbox', { name, exact: true }).check()
  const known = page.getByRole('complementary', { name: 'What is known' })
  await expect(known).toContainText('On the hosts of Servers, Workstations.')
  await expect(known).toContainText(/\d executions? on/)
  const rollout = page.getByRole('group', { name: 'Rollout' })
  // it begins with the rings that were last used
  const remove = rollout.getByRole('button', { name: 'Remove ring 1' })
  while (await remove.isVisible()) await remove.click()
  await rollout.getByRole('button', { name: 'Add a ring' }).click()
  await rollout.getByLabel('Ring 1', { exact: true }).fill('Servers first')
  await rollout.getByRole('checkbox', { name: 'Servers', exact: true }).check()
  await page.getByLabel('Why', { exact: true }).fill(unique('Nobody needs it on either'))
  await page.getByRole('button', { name: 'Propose' }).click()
  await expect(messages(page)).toContainText('Proposed: it waits for a manager.')
  await expect(page.getByRole('heading', { level: 1, name: /^Decision \d+ on/ })).toBeVisible()
}

/** Names of the hosts whose App Control policies deny what a decision names. */
async function deniedOn(page: Page, id: string): Promise<string[]> {
  const files = await downloadAll(page)
  return [...files]
    .filter(([path, text]) => path.endsWith('/stand-alone.xml') && text.includes(`ID_DENY_D${id}_`))
    .flatMap(([path]) => files.get(path.replace('stand-alone.xml', 'hosts.txt'))?.trim().split('\n') ?? [])
    .sort()
}

async function hostsOf(page: Page, group: string): Promise<string[]> {
  const answer = await page.request.get(`/api/exports/hosts.csv?group=${group}`)
  const lines: { host: string }[] = parse(await answer.body(), { columns: true, bom: true })
  return lines.map(({ host }) => host).sort()
}
