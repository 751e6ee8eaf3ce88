import { uploadAsResponder } from './imports-page'
import { unique } from './logs'
import { rows } from './page'
import { expect, open, test } from './test'

test('an administrator merges two hosts after seeing what moves, and splits the name off again', async ({
  signInAs,
}) => {
  const [first, second] = [unique('merge-a'), unique('merge-b')]
  const responder = await signInAs('responder')
  await uploadAsResponder(responder, first, [
    'rundll32.exe a.dll,#1',
    'rundll32.exe a.dll,#2',
    'rundll32.exe a.dll,#3',
  ])
  await uploadAsResponder(responder, second, ['rundll32.exe b.dll,#1', 'rundll32.exe b.dll,#2'])
  const page = await signInAs('admin')
  await open(page, '/hosts?q=merge-&days=all')
  for (const host of [first, second]) await rows(page).filter({ hasText: host }).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Merge…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('3 process creations')
  await dialog.getByRole('radio', { name: first }).check()
  await expect(dialog).toContainText(
    `2 process creations (2 executions of proxy binaries) become those of ${first}`,
  )
  await dialog.getByRole('button', { name: 'Merge hosts' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(rows(page).filter({ hasText: second })).toHaveCount(0)

  await expect
    .poll(async () => {
      await open(page, `/executions?host=${first}&days=all`)
      return rows(page).count()
    })
    .toBe(5)
  await open(page, `/hosts?q=${first}&days=all`)
  await rows(page).getByRole('link', { name: first }).click()
  await page.getByRole('checkbox', { name: second }).check()
  await page.getByRole('button', { name: 'Split off…' }).click()
  await expect(page.getByRole('dialog')).toContainText('2 process creations')
  await expect(page.getByRole('dialog')).toContainText('Blocks in audit or in force')
  await page.getByRole('dialog').getByRole('button', { name: 'Split off' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect
    .poll(async () => {
      await open(page, `/executions?host=${second}&days=all`)
      return rows(page).count()
    })
    .toBe(2)
})
