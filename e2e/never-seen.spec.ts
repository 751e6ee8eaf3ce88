import { unique } from './logs'
import { messages } from './page'
import { expect, open, test } from './test'

test('binaries that were never seen are proposed and approved as one', async ({ signInAs }) => {
  const responder = await signInAs('responder')
  await open(responder, '/decisions/never-seen')
  await responder.getByRole('button', { name: 'Choose none' }).click()
  const boxes = responder.getByRole('checkbox')
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  await responder.getByLabel('Why').fill(unique('Nobody has ever used them'))
  await responder.getByRole('button', { name: 'Propose 2 binaries' }).click()
  await expect(responder.getByRole('region', { name: 'Proposed together' })).toContainText('2 binaries')
  const manager = await signInAs('manager')
  await open(manager, new URL(responder.url()).pathname + new URL(responder.url()).search)
  await manager.getByRole('button', { name: 'Approve all 2…' }).click()
  await manager.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect(messages(manager)).toContainText('All were approved.')
  await expect(manager.getByRole('region', { name: 'Proposed together' })).toContainText('None of them waits')
})
