import { describe, expect, test } from 'vitest'
import { jsonProblem } from '@/fixtures/valid-export'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { Control } from '@/lib/pipeline/decision/block'
import { goesByPath, splitBlock } from '@/lib/pipeline/decision/controls'
import { EXAMPLE_DECISIONS, EXAMPLE_NAMES, exampleBlock } from '../example-decisions'
import { placeBlock } from '../placed-block'
import { APPLOCKER } from './applocker'
import { STANDARD_RULES } from './asr-rules'
import { stepsFor } from './disabling-steps'
import type { ControlPolicies } from './policy'
import { writePolicies } from './write-policies'

/** A deny for one binary brings nothing with it that stops others, or says so. */

const WRITTEN = writePolicies(EXAMPLE_DECISIONS)

function writtenFor(control: Control): ControlPolicies {
  const found = WRITTEN.find((one) => one.control === control)
  if (found === undefined) throw new Error(`Nothing is written for ${control}.`)
  return found
}

function textsOf(control: Control, ending: string): string[] {
  const { policies } = writtenFor(control)
  const files = policies.flatMap(({ files: own, undo }) => [...own, undo])
  return files.filter(({ name }) => name.endsWith(ending)).map(({ text }) => text)
}

function said(control: Control, kind: 'left-out' | 'blocks-besides'): string {
  return writtenFor(control)
    .limits.filter((limit) => limit.kind === kind)
    .map(({ text }) => text)
    .join('\n')
}

describe('App Control', () => {
  test('a policy of its own leaves scripts alone, audited or enforced', () => {
    const texts = textsOf('app-control', '/stand-alone.xml')
    expect(texts.some((text) => text.includes('Enabled:Audit Mode'))).toBe(true)
    expect(texts.some((text) => !text.includes('Enabled:Audit Mode'))).toBe(true)
    for (const text of texts) expect(text).toContain('<Option>Disabled:Script Enforcement</Option>')
  })
  test('denies to merge do not switch off what the allow-list says of scripts, and say so', () => {
    const texts = textsOf('app-control', '/merge.xml')
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) expect(text).not.toContain('Script Enforcement')
    expect(said('app-control', 'left-out')).toContain('what the policy that it is merged into says of them')
  })
})

describe('AppLocker', () => {
  const RULES = /<RuleCollection Type="Exe"[^>]*EnforcementMode="(\w+)"/
  const APPX =
    /<RuleCollection Type="Appx" EnforcementMode="(\w+)">\s*<FilePublisherRule Id="([0-9a-f-]{36})"[^>]*UserOrGroupSid="S-1-1-0" Action="Allow">/

  test('whole files with rules for programs allow packaged apps, in the same mode', () => {
    const texts = [
      ...textsOf('applocker', '/stand-alone.xml'),
      ...textsOf('applocker', '/stand-alone-with-services.xml'),
    ]
    expect(texts.filter((text) => RULES.test(text)).length).toBeGreaterThan(1)
    for (const text of texts) expect(APPX.exec(text)?.[1]).toBe(RULES.exec(text)?.[1])
  })
  test('denies to merge bring no allow rule, and say what they need', () => {
    for (const text of textsOf('applocker', '/merge.xml')) expect(text).not.toContain('Action="Allow"')
    expect(said('applocker', 'blocks-besides')).toContain('Packaged apps, where no rule allows them')
  })
  test('undo takes out every rule that the whole file brought', () => {
    const { policies } = writtenFor('applocker')
    expect(policies.length).toBeGreaterThan(1)
    for (const { files, undo } of policies)
      for (const { text } of files)
        for (const [, id] of text.matchAll(/ Id="([0-9a-f-]{36})"/g)) expect(undo.text).toContain(`'${id}'`)
  })
})

test('rules of attack surface reduction that are set with every decision are named, each by what it stops', () => {
  for (const { name, stops } of STANDARD_RULES)
    expect(said('asr', 'blocks-besides')).toContain(`${name}: ${stops}.`)
})

describe('the machine’s configuration', () => {
  const linesOf = (slug: string, title: RegExp) => {
    const step = stepsFor(slug).find((one) => title.test(one.title))
    return { apply: step?.apply.join('\n') ?? '', undo: step?.undo.join('\n') ?? '' }
  }
  test('Windows Script Host is switched off for 64-bit and 32-bit hosts of scripts, and given back for both', () => {
    const { apply, undo } = linesOf('wscript.exe', /Script Host/)
    for (const view of ['SOFTWARE\\', 'SOFTWARE\\WOW6432Node\\']) {
      const set = `New-ItemProperty -Path 'HKLM:\\${view}Microsoft\\Windows Script Host\\Settings' -Name 'Enabled'`
      expect(apply).toContain(set)
      expect(undo).toContain(set)
    }
  })
  test('control panel items are opened with Notepad by the verb that Windows registers for them and by the usual one', () => {
    const { apply, undo } = linesOf('control.exe', /\.cpl/)
    for (const verb of ['cplopen', 'open']) {
      const key = `'HKLM:\\SOFTWARE\\Classes\\cplfile\\shell\\${verb}`
      expect(apply).toContain(`${key}\\command'`)
      expect(undo).toContain(`Set-ItemProperty -LiteralPath ${key}\\command'`)
      expect(undo).toContain(`Remove-Item -LiteralPath ${key}'`)
    }
  })
})

test('an agent is told of a library by what is loaded and of a script by the command line, since no process is called so', () => {
  const blocks = [
    exampleBlock(1, 'zipfldr.dll', 'edr'),
    exampleBlock(2, 'pubprn.vbs', 'edr'),
    exampleBlock(3, 'mshta.exe', 'edr'),
  ]
  const written = writePolicies({ names: EXAMPLE_NAMES, blocks }).find(({ control }) => control === 'edr')
  const text = written?.policies[0]?.files[0]?.text ?? ''
  const { rules } = JSON.parse(text) as { rules: { match: { anyOf: object } }[] }
  expect(rules.map(({ match }) => Object.keys(match.anyOf))).toEqual([
    ['loadedFileName', 'loadedOriginalFileName'],
    ['commandLineContains'],
    ['imageFileName', 'originalFileName'],
  ])
  expect(jsonProblem(text, 'edr-rules.schema.json')).toBe('')
})

test('a firewall script that looks folders up says that it does so where it runs', () => {
  const writtenOf = (slug: string) =>
    writePolicies({
      names: EXAMPLE_NAMES,
      blocks: [exampleBlock(1, slug, 'firewall', { effect: 'network' })],
    }).find(({ control }) => control === 'firewall')
  const limitsOf = (slug: string) =>
    writtenOf(slug)
      ?.limits.map(({ text }) => text)
      .join('\n')
  expect(writtenOf('code.exe')?.policies[0]?.files[0]?.text).toContain('Users\\*\\')
  expect(limitsOf('code.exe')).toContain('those of the administrator’s machine only')
  expect(limitsOf('mshta.exe')).not.toContain('administrator’s machine')
  for (const text of textsOf('firewall', '/apply.ps1'))
    expect(text).toMatch(/Contains\('\*'\) -and \$PolicyStore -ne 'PersistentStore'\) \{ Write-Warning /)
})

test('what the what-if says of copies is what the policy says, of every entry', () => {
  const [placed] = placeBlock(exampleBlock(1, 'mshta.exe', 'applocker'))
  if (placed === undefined) throw new Error('It is on no ring.')
  for (const entry of CATALOGUE.filter(({ platform }) => platform === 'windows')) {
    const said = APPLOCKER.leavesOut({ ...placed, entry }).some((text) => text.includes('a copy elsewhere'))
    expect(said, entry.slug).toBe(goesByPath('applocker', entry))
    const { limits } = splitBlock(
      { slug: entry.slug, effect: 'execution', scope: { kind: 'fleet' }, exceptions: [] },
      'applocker',
      entry,
    )
    expect(
      limits.some((text) => text.includes('renamed or moved copy runs on')),
      entry.slug,
    ).toBe(said)
  }
})
