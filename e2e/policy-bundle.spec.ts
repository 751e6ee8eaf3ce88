import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { approve, moveRing, propose, undecidedBinary } from './decisions-page'
import { unique } from './logs'
import { messages } from './page'
import { downloadAll, type Files } from './policies-page'
import { expect, open, test } from './test'

test('an approved decision becomes files that say it, audited and then enforced, the same for the same decisions, and each version beside the last', async ({
  signInAs,
}) => {
  const responder = await signInAs('responder')
  const note = unique('Nobody here <needs> it')
  await propose(responder, await undecidedBinary(responder), note)
  const id = new URL(responder.url()).pathname.split('/').at(-1) ?? ''
  const manager = await signInAs('manager')
  await open(manager, `/decisions/${id}`)
  await approve(manager)
  await moveRing(manager, 'Put into audit')
  await expect(messages(manager)).toContainText('The ring is in audit.')

  await open(manager, '/policies')
  await manager.getByRole('link', { name: 'App Control for Business' }).first().click()
  await expect(manager.getByRole('link', { name: new RegExp(`\\b${id}\\b`) }).first()).toBeVisible()
  const audited = await downloadAll(manager)
  const audit = policyOf(audited, id, 'audit')
  expect(audit.xml).toContain('<Option>Enabled:Audit Mode</Option>')
  expect(policyOf(audited, id, 'enforce').xml).toBe('')
  await expectWhole(audited, id)
  expect(await downloadAll(manager)).toEqual(audited)

  await open(manager, `/decisions/${id}`)
  await moveRing(manager, 'Declare enforced', 'Attackers use it now')
  await expect(messages(manager)).toContainText('The ring is enforced.')
  await open(manager, '/policies')
  const enforced = await downloadAll(manager)
  const enforce = policyOf(enforced, id, 'enforce')
  expect(enforce.xml).not.toContain('Audit Mode')
  expect(enforce.hosts.trim().split('\n').length).toBeGreaterThan(0)
  expect(policyOf(enforced, id, 'audit').xml).toBe('')
  // what takes it back names the policy that was loaded
  const policyId = /<PolicyID>(\{[0-9A-F-]{36}\})<\/PolicyID>/.exec(enforce.xml)?.[1] ?? 'none'
  expect(enforce.undo).toContain(policyId)
  await expectWhole(enforced, id)

  await open(manager, '/policies/versions')
  await manager
    .getByRole('link', { name: /^since version/ })
    .first()
    .click()
  await expect(manager.getByRole('heading', { name: /^Version \d+ against version \d+/ })).toBeVisible()
  const changed = manager
    .getByRole('listitem')
    .filter({ hasText: /app-control\/.*-enforce\/stand-alone\.xml/ })
  await expect(changed.first()).toContainText(/Added|Changed/)
  await changed.first().locator('summary').click()
  await expect(changed.first()).toContainText(`ID_DENY_D${id}_`)
})

/** The App Control policy that denies what the decision names in a mode, with what lies beside it; empty = there is none. */
function policyOf(files: Files, id: string, mode: string): { xml: string; undo: string; hosts: string } {
  const found = [...files].find(
    ([path, text]) => path.endsWith(`-${mode}/stand-alone.xml`) && text.includes(`ID_DENY_D${id}_`),
  )
  const beside = (name: string) => files.get(found?.[0].replace('stand-alone.xml', name) ?? '') ?? ''
  return { xml: found?.[1] ?? '', undo: beside('undo.ps1'), hosts: beside('hosts.txt') }
}

/** As whoever deploys it reads it: hashes hold, the decision is in manifest and read-me, how to verify stands there, XML is what its schema says. */
async function expectWhole(files: Files, id: string): Promise<void> {
  const manifest = JSON.parse(files.get('manifest.json') ?? '{}') as {
    decisions: { decisionId: number }[]
    files: { path: string; sha256: string }[]
  }
  expect(manifest.decisions.map(({ decisionId }) => String(decisionId))).toContain(id)
  expect(manifest.files.map(({ path }) => path)).toEqual(
    [...files.keys()].filter((path) => path !== 'manifest.json'),
  )
  for (const { path, sha256 } of manifest.files)
    expect(
      createHash('sha256')
        .update(files.get(path) ?? '')
        .digest('hex'),
      path,
    ).toBe(sha256)
  const readMe = files.get('README.md') ?? ''
  expect(readMe).toContain(`Decision ${id}.`)
  expect(readMe).toContain('Event 3099')
  for (const [path, text] of files)
    if (path.startsWith('app-control/') && path.endsWith('.xml')) expect(schemaProblem(text), path).toBe('')
}

/** By xmllint, where it is there. */
function schemaProblem(xml: string): string {
  const schema = 'fixtures/schemas/app-control.xsd'
  const { error, status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], {
    input: xml,
  })
  return error !== undefined || status === 0 ? '' : stderr.toString()
}
