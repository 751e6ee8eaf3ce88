import { describe, expect, test } from 'vitest'
import { RISK_FACTS } from '@/lib/pipeline/catalogue/tools/tool-use'
import { exampleSignature } from '../example-signature'
import { assessRisk, type RiskBits } from '../risk'
import { RISK_REASONS } from './registry'

describe('risk', () => {
  test('of an unremarkable use is nothing', () => {
    expect(assessRisk(exampleSignature(), {})).toEqual({ reasons: [], millibits: 0, evidence: 0 })
  })

  test.each([
    ['a renamed binary', { renamed: true }, 'renamed-binary', 6000],
    ['another program under the name', { impostor: true }, 'impostor-binary', 4000],
    [
      'a binary in the wrong folder',
      { imageFolderExpected: false, features: { identity: 'program-data' } },
      'wrong-folder',
      4000,
    ],
    ['one where only administrators put files', { imageFolderExpected: false }, 'wrong-folder', 2000],
    ['an office parent', { parentName: 'excel.exe' }, 'office-parent', 5000],
    ['a web server as parent', { parentName: 'w3wp.exe' }, 'server-parent', 4000],
    ['a parent that elevates', { parentName: 'fodhelper.exe' }, 'elevating-parent', 4000],
    ['a tool of attackers', { pattern: 'rundll32 <root-folder>\\atomicredteam\\a.dll' }, 'attack-tool', 4000],
    ['a WMI parent', { slug: 'msiexec.exe', parentName: 'wmiprvse.exe' }, 'wmi-parent', 2500],
    ['a WMI parent of a loader', { parentName: 'wmiprvse.exe' }, 'wmi-parent', 4000],
    ['a remote session as parent of a loader', { parentName: 'wsmprovhost.exe' }, 'wmi-parent', 2500],
    [
      "the name of one of Windows' libraries elsewhere",
      { facts: ['misplaced-library'] },
      'misplaced-library',
      3000,
    ],
    ['a script parent', { parentName: 'powershell.exe' }, 'script-parent', 1500],
    ['a scriptlet', { facts: ['scriptlet'] }, 'scriptlet', 6000],
    ['an inline script', { facts: ['inline-script'] }, 'inline-script', 6000],
    ['a web address', { facts: ['remote-url'] }, 'remote-url', 5000],
    ['a network path', { facts: ['unc-path'] }, 'unc-path', 4000],
    ['the Public folder', { facts: ['public-folder'] }, 'public-folder', 4000],
    ['a writable Windows folder', { facts: ['writable-windows-folder'] }, 'writable-windows-folder', 4000],
    ["a user's temporary folder", { facts: ['user-temp'] }, 'user-temp', 3000],
    ['a folder at the root', { facts: ['root-folder'] }, 'root-folder', 3000],
    ['an unsigned module', { traits: { module: ['x.dll @ local, unsigned'] } }, 'unsigned-module', 3000],
    [
      "an unsigned module among a maker's signed ones",
      { traits: { module: ["x.dll @ program-files, unsigned unlike its maker's"] } },
      'unsigned-product',
      4000,
    ],
    ['a way out', { traits: { destination: ['example.com:443'] } }, 'external-connection', 3000],
    ['a shell of its own', { traits: { child: ['cmd.exe @ system'] } }, 'child-shell', 2500],
    ['a name that deceives', { deceptiveName: true }, 'deceptive-name', 4000],
    [
      'a module without a folder',
      { parentName: 'agent.exe', target: { class: 'bare', extension: 'dll' } },
      'unplaced-module',
      2500,
    ],
    [
      'a shortcut to a module beside it',
      { target: { class: 'bare', extension: 'dll' } },
      'unplaced-module',
      4000,
    ],
    ['what stops a guard', { facts: ['weakens-defence'] }, 'weakens-defence', 4000],
    ['what asks for guards', { facts: ['asks-for-defence'] }, 'asks-for-defence', 2000],
    ['what leaves no log', { facts: ['leaves-no-log'] }, 'leaves-no-log', 3000],
    ['a script in short form', { facts: ['short-name'] }, 'short-name', 2000],
    ['a script among downloads', { target: { class: 'downloads', extension: 'js' } }, 'user-script', 1000],
  ] as const)('of %s is as weighed', (_, traits, code, millibits) => {
    expect(assessRisk(exampleSignature(traits), {})).toMatchObject({
      reasons: [{ code, millibits }],
      millibits,
    })
  })

  test.each([
    ['rundll32.exe', 0],
    ['wmic.exe', 500],
    ['unheard-of.exe', 1000],
    ['cmstp.exe', 1500],
    ['mavinject.exe', 3000],
  ])('of %s by its kind alone is %i millibits', (slug, millibits) => {
    expect(assessRisk(exampleSignature({ slug }), {}).millibits).toBe(millibits)
  })

  test('of a management console as an automation server is that of lateral movement', () => {
    const risk = assessRisk(exampleSignature({ slug: 'mmc.exe', mode: 'embedding' }), {})
    expect(risk.reasons).toContainEqual({ code: 'automation-server', millibits: 4000 })
    expect(assessRisk(exampleSignature({ slug: 'mmc.exe', mode: 'console' }), {}).millibits).toBe(500)
  })

  test('of a network share or a folder at the root is less where operations teams keep what the tool runs', () => {
    const millibits = (slug: string, fact: 'unc-path' | 'root-folder') =>
      assessRisk(exampleSignature({ slug, facts: [fact] }), {}).reasons.find(({ code }) => code === fact)
        ?.millibits
    expect(millibits('cscript.exe', 'unc-path')).toBe(2000)
    expect(millibits('rundll32.exe', 'unc-path')).toBe(4000)
    expect(millibits('cscript.exe', 'root-folder')).toBe(500)
    expect(millibits('rundll32.exe', 'root-folder')).toBe(3000)
  })

  test.each([
    ['a page that IIS compiles', { parentName: 'w3wp.exe', slug: 'csc.exe' }, 'server-parent'],
    [
      "the event viewer's own console",
      { parentName: 'eventvwr.exe', pattern: 'mmc <system>\\eventvwr.msc /s' },
      'elevating-parent',
    ],
    [
      'a question to the maker of Windows',
      { traits: { destination: ['microsoft.com:443'] } },
      'external-connection',
    ],
    [
      'a page handed to the browser',
      { traits: { destination: ['example.com:443'] }, facts: ['opens-file'] },
      'external-connection',
    ],
    ["App-V's own injection", { slug: 'mavinject.exe', mode: 'inject' }, 'abused-tool'],
  ] as const)('of %s is not told', (_, changes, code) => {
    expect(assessRisk(exampleSignature(changes), {}).reasons.map((reason) => reason.code)).not.toContain(code)
  })

  test.each([
    ['mail through a library of its own', 'mapistub.dll', 1000],
    ['any other library', 'advpack.dll', 5000],
  ])('of an office application that calls %s', (_, library, millibits) => {
    const target = { class: 'system', extension: 'dll' } as const
    const pattern = `rundll32 <system>\\${library},run`
    expect(assessRisk(exampleSignature({ parentName: 'winword.exe', pattern, target }), {}).millibits).toBe(
      millibits,
    )
  })

  test('of a shell that starts a script of Windows itself is a third', () => {
    const own = { parentName: 'cmd.exe', target: { class: 'system', extension: 'vbs' } } as const
    expect(assessRisk(exampleSignature(own), {}).millibits).toBe(500)
    expect(assessRisk(exampleSignature({ ...own, facts: ['scriptlet'] }), {}).millibits).toBe(7500)
  })

  test.each([
    ['regsvr32.exe', 2500],
    ['msiexec.exe', 0],
  ])('of %s with a file in a folder of ProgramData is %i millibits', (slug, millibits) => {
    expect(assessRisk(exampleSignature({ slug, facts: ['program-data-folder'] }), {}).millibits).toBe(
      millibits,
    )
  })

  test('of a downloaded package that its user opened is less than of one that a script installs', () => {
    const download = { slug: 'msiexec.exe', facts: ['downloads'], parentName: 'explorer.exe' } as const
    expect(assessRisk(exampleSignature(download), {}).millibits).toBe(1000)
    expect(assessRisk(exampleSignature({ ...download, parentName: 'cmd.exe' }), {}).millibits).toBe(4500)
  })

  test('of what Windows Installer unpacks and runs is not raised by the temporary folder', () => {
    const facts = ['user-temp', 'odd-extension'] as const
    const action = { mode: 'custom-action', parentName: 'msiexec.exe', facts }
    expect(assessRisk(exampleSignature(action), {}).millibits).toBe(0)
    expect(assessRisk(exampleSignature({ ...action, parentName: 'cmd.exe' }), {}).millibits).toBe(8500)
  })

  test('of a module without a folder that is called by a number makes a deviation', () => {
    const target = { class: 'bare', extension: 'dll' } as const
    const signature = exampleSignature({ target, parentName: 'agent.exe', facts: ['ordinal'] })
    expect(assessRisk(signature, {}).millibits).toBe(4000)
  })

  test.each([
    ['a JScript among downloads', 'wscript.exe', { class: 'downloads', extension: 'js' }, 2000],
    ['a JScript on a share', 'wscript.exe', { class: 'unc', extension: 'js' }, 2000],
    ['an application of the team', 'mshta.exe', { class: 'unc', extension: 'hta' }, 0],
    ['an application that arrived', 'mshta.exe', { class: 'downloads', extension: 'hta' }, 2000],
    ['a VBScript', 'wscript.exe', { class: 'downloads', extension: 'vbs' }, 0],
  ] as const)('of a script that its user opened counts by its kind: %s', (_, slug, target, millibits) => {
    const { reasons } = assessRisk(exampleSignature({ slug, target }), {})
    expect(reasons.find(({ code }) => code === 'clicked-script')?.millibits ?? 0).toBe(millibits)
  })

  test('of a compiler is more where a script host started it than where a build did', () => {
    const bits = (parentName: string) =>
      assessRisk(exampleSignature({ slug: 'csc.exe', parentName }), {}).reasons.find(
        ({ code }) => code === 'script-compiler',
      )?.millibits ?? 0
    expect([bits('wscript.exe'), bits('powershell.exe'), bits('msbuild.exe')]).toEqual([3000, 0, 0])
  })

  test('of a module without a folder is nothing where Windows itself names it so', () => {
    const target = { class: 'bare', extension: 'dll' } as const
    expect(assessRisk(exampleSignature({ target, parentName: 'svchost.exe' }), {}).millibits).toBe(0)
  })

  test("of Windows' own MSBuild told nothing of how to build makes a deviation with a shell as parent", () => {
    const build = (pattern: string) =>
      assessRisk(
        exampleSignature({
          slug: 'msbuild.exe',
          pattern,
          parentName: 'cmd.exe',
          features: { identity: 'windows' },
        }),
        {},
      ).millibits
    expect(build('msbuild a.csproj')).toBe(4000)
    expect(build('msbuild a.csproj /t:build')).toBe(1500)
  })

  test('of a trait is not told twice where the command line says the same', () => {
    const codes = (changes: Parameters<typeof exampleSignature>[0]) =>
      assessRisk(exampleSignature(changes), {}).reasons
    const module = { module: ['x.dll @ user-temp, unsigned'] }
    expect(codes({ traits: module, facts: ['user-temp'] })).toEqual([
      { code: 'unsigned-module', millibits: 1000 },
      { code: 'user-temp', millibits: 3000 },
    ])
    const out = { traits: { destination: ['external:443'] }, facts: ['remote-url'] as const }
    expect(codes(out)).toEqual([{ code: 'remote-url', millibits: 5000 }])
    const shell = { traits: { child: ['cmd.exe @ system'] }, facts: ['launches-command'] as const }
    expect(codes(shell)).toEqual([{ code: 'launches-command', millibits: 2500 }])
  })

  test('of a trait is none where it is normal: signed files, places within, programs that are no shell', () => {
    const traits = {
      module: ['a.dll @ local', 'b.dll @ program-files, unsigned', 'clr.dll @ windows'],
      destination: ['inbound:8080', 'internal:445'],
      child: ['rundll32.exe @ system'],
    }
    expect(assessRisk(exampleSignature({ traits }), {}).millibits).toBe(0)
  })

  test('is not raised by what is not known', () => {
    expect(assessRisk(exampleSignature({ imageFolderExpected: null, parentName: null }), {}).millibits).toBe(
      0,
    )
  })

  test('adds up over its reasons', () => {
    const signature = exampleSignature({
      slug: 'mshta.exe',
      parentName: 'winword.exe',
      facts: ['inline-script', 'remote-url'],
    })
    const risk = assessRisk(signature, {})
    expect(risk.reasons.map(({ code }) => code)).toEqual([
      'office-parent',
      'rare-tool',
      'inline-script',
      'remote-url',
    ])
    expect(risk.millibits).toBe(18_000)
  })
})

test('an administrator sets how much a reason weighs, and what lies below the most goes along', () => {
  const millibits = (traits: Parameters<typeof exampleSignature>[0], riskBits: RiskBits) =>
    assessRisk(exampleSignature(traits), riskBits).millibits
  expect(millibits({ renamed: true }, { 'renamed-binary': 2 })).toBe(2000)
  expect(millibits({ renamed: true }, { 'renamed-binary': 0 })).toBe(0)
  expect(millibits({ renamed: true }, { 'office-parent': 1 })).toBe(6000)
  expect(millibits({ slug: 'mavinject.exe' }, { 'abused-tool': 6 })).toBe(6000)
  expect(millibits({ slug: 'cmstp.exe', facts: ['remote-url'] }, { 'rare-tool': 6 })).toBe(11_000)
  expect(millibits({ slug: 'wmic.exe', facts: ['remote-url'] }, { 'rare-tool': 6 })).toBe(6500)
})

test('no reason adds more than its weight says', () => {
  const everything = exampleSignature({
    slug: 'mavinject.exe',
    renamed: true,
    impostor: true,
    imageFolderExpected: false,
    parentName: 'winword.exe',
    facts: RISK_FACTS,
  })
  for (const { weight, bits } of RISK_REASONS) expect(bits(everything)).toBeLessThanOrEqual(weight)
})

test('every reason has its own code, and words that continue a sentence', () => {
  expect(new Set(RISK_REASONS.map(({ code }) => code)).size).toBe(RISK_REASONS.length)
  for (const { words } of RISK_REASONS) expect(words).toMatch(/^[a-z].*[a-zA-Z]$/)
})

test('every fact that a grammar can state is weighed', () => {
  const codes = RISK_REASONS.map(({ code }) => code)
  for (const fact of RISK_FACTS) expect(codes).toContain(fact)
})
