import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasXmllint, jsonProblem, powerShellProblem, xmlProblem } from '@/fixtures/valid-export'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import { ENFORCED, EXAMPLE_DECISIONS, EXAMPLE_NAMES, exampleBlock } from '../example-decisions'
import type { ControlPolicies, ExportFile } from './policy'
import { POLICY_WRITERS } from './registry'
import { writePolicies } from './write-policies'

const WRITTEN = writePolicies(EXAMPLE_DECISIONS)
const CONTROLS = POLICY_WRITERS.map(({ control }) => control)

function filesOf({ policies }: ControlPolicies): ExportFile[] {
  return policies.flatMap(({ files, undo }) => [...files, undo])
}

function printed(control: ControlPolicies): string {
  const limits = control.limits.map(({ decisionId, kind, text }) => `${decisionId} ${kind}: ${text}`)
  const files = filesOf(control).flatMap(({ name, about, text }) => [`==== ${name}`, `---- ${about}`, text])
  return [...limits, '', ...files].join('\n')
}

test.each(WRITTEN.map((one) => [one.control, one] as const))(
  '%s is written as its golden file says',
  async (control, written) => {
    await expect(printed(written)).toMatchFileSnapshot(path.resolve(`fixtures/policies/${control}.txt`))
  },
)

const SCHEMA_OF: Readonly<Record<string, string>> = {
  'app-control': 'app-control.xsd',
  applocker: 'applocker.xsd',
  santa: 'plist.xsd',
}
const JSON_SCHEMAS: readonly (readonly [RegExp, string])[] = [
  [/^santa .*\.json$/, 'santa-rules.schema.json'],
  [/^asr .*values\.json$/, 'asr-values.schema.json'],
  [/^edr .*rules\.json$/, 'edr-rules.schema.json'],
]

async function problemOf(control: string, { name, text }: ExportFile): Promise<string> {
  if (/\.(?:xml|mobileconfig)$/.test(name))
    return hasXmllint ? xmlProblem(text, SCHEMA_OF[control] ?? null) : ''
  if (name.endsWith('.ps1')) return await powerShellProblem(text)
  const schema = JSON_SCHEMAS.find(([of]) => of.test(`${control} ${name}`))?.[1]
  return schema === undefined ? '' : jsonProblem(text, schema)
}

describe('readers that this project did not write take every file', () => {
  if (!hasXmllint) test.skip('XML, for want of xmllint (apt-get install libxml2-utils)', () => undefined)

  test.each(CONTROLS)('%s', async (control) => {
    const written = WRITTEN.find((one) => one.control === control)
    for (const file of written ? filesOf(written) : [])
      expect(await problemOf(control, file), file.name).toBe('')
  })

  test('and they do find fault with what is broken', async () => {
    expect(await powerShellProblem("$x = 'a'b'")).not.toBe('')
    expect(jsonProblem('{"rules":[{}]}', 'santa-rules.schema.json')).not.toBe('')
    if (hasXmllint) expect(xmlProblem('<AppLockerPolicy Version="1" />', 'applocker.xsd')).not.toBe('')
  })
})

test('the same decisions give the same bytes, in whatever order they come', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...EXAMPLE_DECISIONS.blocks], { minLength: EXAMPLE_DECISIONS.blocks.length }),
      (blocks) => {
        expect(writePolicies({ ...EXAMPLE_DECISIONS, blocks })).toEqual(WRITTEN)
      },
    ),
    { numRuns: 20 },
  )
})

test('no enforced policy holds a decision that spares what its control cannot say', () => {
  const kinds = fc.array(fc.constantFrom('parent' as const, 'pattern' as const, 'user' as const), {
    minLength: 1,
  })
  fc.assert(
    fc.property(kinds, fc.constantFrom(...CONTROLS), (spared, control) => {
      const { effects, exceptions: says } = CONTROL_FACTS[control]
      const [effect = 'execution'] = effects
      const exceptions = spared.map((kind) => ({ kind, value: 'x', reason: '', until: null }))
      const slug = control === 'santa' ? 'osascript' : effect === 'reassociate' ? 'hh.exe' : 'mshta.exe'
      const blocks = [exampleBlock(1, slug, control, { effect, exceptions })]
      const written = writePolicies({ names: EXAMPLE_NAMES, blocks }).find((one) => one.control === control)
      const sayable = spared.every((kind) => says[kind] === 'yes')
      expect(written?.policies).toHaveLength(sayable ? 1 : 0)
      expect(written?.limits.some(({ kind }) => kind === 'held-back')).toBe(!sayable)
    }),
  )
})

const AUDITED = ENFORCED.map((ring) => ({ ...ring, state: 'audit' as const }))

test('what is to be audited where AppLocker enforces the same kind of file is held back: it would block', () => {
  const blocks = [
    exampleBlock(1, 'mshta.exe', 'applocker'),
    exampleBlock(2, 'regsvr32.exe', 'applocker', { rings: AUDITED }),
    exampleBlock(3, 'pubprn.vbs', 'applocker', { rings: AUDITED }),
  ]
  const written = writePolicies({ names: EXAMPLE_NAMES, blocks }).find(
    ({ control }) => control === 'applocker',
  )
  expect(written?.policies.map(({ mode, decisionIds }) => [mode, decisionIds])).toEqual([
    ['audit', [3]],
    ['enforce', [1]],
  ])
  const heldBack = written?.limits.filter(({ kind }) => kind === 'held-back')
  expect(heldBack).toMatchObject([{ decisionId: 2, text: expect.stringContaining('decision 1 is enforced') }])
})

test('beside an enforced policy, App Control audits with one of its own, and has nothing to merge that would block', () => {
  const blocks = [
    exampleBlock(1, 'mshta.exe', 'app-control'),
    exampleBlock(2, 'regsvr32.exe', 'app-control', { rings: AUDITED }),
  ]
  const [written] = writePolicies({ names: EXAMPLE_NAMES, blocks })
  const merges = written?.policies.map(({ mode, files }) => [
    mode,
    files.some(({ name }) => name.endsWith('/merge.xml')),
  ])
  expect(merges).toEqual([
    ['audit', false],
    ['enforce', true],
  ])
})

test('a host without any rule of attack surface reduction is no list of one', () => {
  const scripts = WRITTEN.filter(({ control }) => control === 'asr')
    .flatMap(filesOf)
    .filter(({ name }) => name.endsWith('.ps1'))
  expect(scripts.length).toBeGreaterThan(2)
  for (const { text } of scripts) {
    // what was never set is $null: @($null) has one element, and $null[0] ends the script
    expect(text).not.toMatch(/@\(\$preference\.\w+\)/)
    expect(text).not.toMatch(/\$preference\.\w+\[/)
  }
})

test('firewall rules are found again by their policy’s id alone, whatever its hosts are called by then', () => {
  const blocks = [
    exampleBlock(1, 'mshta.exe', 'firewall', { effect: 'network', scope: { kind: 'groups', ids: [1] } }),
  ]
  const codeOf = (group: string) => {
    const names = { groups: new Map([[1, group]]), hosts: new Map() }
    const written = writePolicies({ names, blocks }).find(({ control }) => control === 'firewall')
    const lines = written && filesOf(written).flatMap(({ text }) => text.split('\r\n'))
    return lines?.filter((line) => !/# |^\$group =/.test(line))
  }
  expect(codeOf('Tills')?.length).toBeGreaterThan(10)
  expect(codeOf('Kassen')).toEqual(codeOf('Tills'))
})

test('a firewall script that runs again changes rules that are there, and removes those of no decision any more', () => {
  const script = WRITTEN.filter(({ control }) => control === 'firewall')
    .flatMap(filesOf)
    .find(({ name }) => name.endsWith('/apply.ps1'))
  expect(script?.text).toContain(
    'Set-NetFirewallRule -PolicyStore $PolicyStore -Name $name -Program $programs[$i]',
  )
  expect(script?.text).toMatch(/\$wanted -notcontains \$_\.Name \} \| Remove-NetFirewallRule/)
  expect(script?.text).not.toContain('continue')
})

test('rules of an EDR or of the firewall are of one ring: taking one back leaves those of the others', () => {
  const rings = ENFORCED.flatMap((ring) => [
    { ...ring, name: 'Pilot', groupIds: [1] },
    { ...ring, position: 1, name: 'Rest' },
  ])
  const blocks = [
    exampleBlock(1, 'mshta.exe', 'edr', { rings }),
    exampleBlock(2, 'mshta.exe', 'firewall', { effect: 'network', rings }),
  ]
  for (const { control, policies } of writePolicies({ names: EXAMPLE_NAMES, blocks })) {
    if (control !== 'edr' && control !== 'firewall') continue
    const ids = policies.map(({ files }) => {
      const [rules] = files
      return new Set(rules?.text.match(/(?<="id": "|\{ Name = ')[0-9a-f-]{36}/g))
    })
    expect(ids.map(({ size }) => size > 0)).toEqual([true, true])
    expect([...(ids[0] ?? [])].filter((id) => ids[1]?.has(id))).toEqual([])
  }
})

test('hosts that a decision spares are in no policy that carries it', () => {
  const carrying = WRITTEN.flatMap(({ policies }) => policies).filter(({ decisionIds }) =>
    decisionIds.includes(2),
  )
  expect(carrying.map(({ label }) => label)).toEqual(['Fleet without kiosk-7.corp.example'])
})

test('a decision is in a policy of its control on each ring that is audited or enforced, or the control says why not', () => {
  for (const { decisionIds, policies, limits } of WRITTEN)
    for (const id of decisionIds)
      expect(
        policies.some((policy) => policy.decisionIds.includes(id)) ||
          limits.some(
            ({ decisionId, kind }) => decisionId === id && kind !== 'left-out' && kind !== 'blocks-besides',
          ),
        String(id),
      ).toBe(true)
})

test('two decisions for the same hosts are one policy, and a later version has the same id', () => {
  const first = writePolicies({ names: EXAMPLE_NAMES, blocks: [exampleBlock(1, 'mshta.exe', 'app-control')] })
  const blocks = [exampleBlock(1, 'mshta.exe', 'app-control'), exampleBlock(2, 'wmic.exe', 'app-control')]
  const second = writePolicies({ names: EXAMPLE_NAMES, blocks })
  expect(second[0]?.policies.map(({ id }) => id)).toEqual(first[0]?.policies.map(({ id }) => id))
})

test('what a script changes of a host’s own settings it keeps first, and its undo gives back just that', () => {
  const named = (text: string, operator: string) =>
    new Set(
      [...text.matchAll(new RegExp(` ${operator} (['"][^'"]+['"])\\) \\{`, 'g'))].map(([, name]) => name),
    )
  const policies = WRITTEN.filter(({ control }) => control === 'asr' || control === 'disable').flatMap(
    ({ policies: written }) => written,
  )
  expect(policies.length).toBeGreaterThan(2)
  for (const { files, undo } of policies) {
    const scripts = files.filter(({ name }) => name.endsWith('.ps1')).map(({ text }) => text)
    const kept = named(scripts.join('\n'), '-notcontains')
    expect(kept.size).toBeGreaterThan(0)
    expect(named(undo.text, '-contains')).toEqual(kept)
    // nothing is set outside what was kept: every change stands in a block
    for (const line of undo.text.split('\r\n'))
      expect(line).not.toMatch(/^(?:Set-|New-|Remove-|Add-|Enable-|Get-WindowsCapability)/)
  }
})
