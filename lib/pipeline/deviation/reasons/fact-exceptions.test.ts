import { describe, expect, test } from 'vitest'
import { exampleSignature } from '../example-signature'
import { assessRisk } from '../risk'

function bitsOf(code: string, changes: Parameters<typeof exampleSignature>[0]): number {
  const { reasons } = assessRisk(exampleSignature(changes), {})
  return (reasons.find((reason) => reason.code === code)?.millibits ?? 0) / 1000
}

const DRIVE_ROOT = { class: 'drive-root', extension: 'js' } as const
const OPENED = ['opens-file', 'intranet-share'] as const
const DOCUMENT = { class: 'unc', extension: 'pdf' } as const
const PAGE = { class: 'unc', extension: 'hta' } as const
const INSTALLED = { class: 'program-files', extension: 'exe' } as const

const MAKERS = {
  pattern: 'cmstp <program-data>\\acmevpn\\a.inf',
  target: { class: 'program-data', extension: 'inf' },
} as const
const DECODED = { slug: 'certutil.exe', target: { class: 'bare', extension: 'txt' } } as const
const SET_UP = { target: { class: 'user-temp', extension: 'inf' } } as const

describe('where a file lies counts by what is done with it', () => {
  test.each([
    [
      'a task that loads from ProgramData',
      'program-data-folder',
      4,
      { features: { parent: 'svchost.exe @ system (schedule)' } },
    ],
    ['a user who does', 'program-data-folder', 2.5, { features: { parent: 'explorer.exe @ windows' } }],
    ['a page of a server in the intranet', 'intranet-share', 2, { slug: 'mshta.exe', parentName: 'cmd.exe' }],
    ['such a page, opened by its user', 'intranet-share', 1.5, { slug: 'mshta.exe' }],
    ['a script of a server in the intranet', 'intranet-share', 1, { slug: 'wscript.exe' }],
    ['a library of a server in the intranet', 'intranet-share', 4, {}],
    ['a project among sources', 'source-folder', 1, { slug: 'msbuild.exe' }],
    ['a library among sources', 'source-folder', 3, {}],
    ['a program in the Windows folder itself', 'windows-root', 0, { slug: 'msiexec.exe' }],
    ['a library in the Windows folder itself', 'windows-root', 2.5, {}],
    ['a script on top of a drive', 'root-folder', 3, { slug: 'wscript.exe', target: DRIVE_ROOT }],
    ['a script deeper on a drive', 'root-folder', 0.5, { slug: 'wscript.exe' }],
    ['a document on a share that is only opened', 'intranet-share', 0, { facts: OPENED, target: DOCUMENT }],
    ['a page with code on a share that is opened', 'intranet-share', 4, { facts: OPENED, target: PAGE }],
    [
      'a script among documents, opened by its user',
      'user-folder',
      1,
      { slug: 'wscript.exe', target: { class: 'documents', extension: 'vbs' } },
    ],
    [
      'a script in a roaming profile, opened by its user',
      'user-folder',
      3,
      { slug: 'wscript.exe', target: { class: 'roaming', extension: 'vbs' } },
    ],
    ['a driver that was downloaded, by a right click', 'downloads', 1, { slug: 'infdefaultinstall.exe' }],
    [
      "a printer's driver on a share",
      'intranet-share',
      1,
      { pattern: 'rundll32 <system>\\printui.dll,printuientry /ia /f <unc>\\ps\\d\\a.inf' },
    ],
    [
      'text that becomes a certificate',
      'decodes-file',
      1,
      { slug: 'certutil.exe', pattern: 'certutil /decode <temp>\\*.b64 <temp>\\*.cer' },
    ],
    [
      'an archive that becomes text',
      'decodes-file',
      2.5,
      { slug: 'certutil.exe', mode: 'encode', pattern: 'certutil /encode <temp>\\*.zip <temp>\\*.txt' },
    ],
    ['a certificate in a folder', 'root-folder', 0.5, { slug: 'certutil.exe', mode: 'addstore' }],
    ['what logon runs once', 'launches-program', 0, { slug: 'runonce.exe', parentName: 'winlogon.exe' }],
    ['what a shell runs once', 'launches-program', 4, { slug: 'runonce.exe', parentName: 'cmd.exe' }],
    [
      'a script of the group policy',
      'launches-command',
      0.5,
      { slug: 'gpscript.exe', parentName: 'svchost.exe' },
    ],
    ['a policy that a shell runs', 'launches-command', 2.5, { slug: 'gpscript.exe', parentName: 'cmd.exe' }],
    [
      'an installed program tried in another mode',
      'launches-program',
      1,
      { slug: 'pcwrun.exe', target: INSTALLED },
    ],
    ['a connection profile on the own share', 'own-share', 0.5, { slug: 'cmstp.exe' }],
    ['a library on the own share', 'own-share', 2.5, {}],
    [
      'a product loaded by what bears its name',
      'program-data-folder',
      1,
      { ...MAKERS, features: { parent: 'acmevpn.exe @ program-files' }, parentName: 'acmevpn.exe' },
    ],
    [
      'a product that its maker signed',
      'program-data-folder',
      1,
      { ...MAKERS, traits: { module: ['x.dll @ program-data, signed by its maker'] } },
    ],
    [
      'a product beside something unsigned',
      'program-data-folder',
      2.5,
      {
        ...MAKERS,
        traits: { module: ['x.dll @ program-data, signed by its maker', 'y.dll @ program-data, unsigned'] },
      },
    ],
    [
      'what lies deep in a product',
      'program-data-folder',
      1.5,
      { pattern: 'rundll32 <program-data>\\acme\\lims\\x.dll,run' },
    ],
    [
      'what lies deep, loaded by a task',
      'program-data-folder',
      2.5,
      { pattern: 'rundll32 <program-data>\\acme\\lims\\x.dll,run', parentName: 'services.exe' },
    ],
    [
      "what lies deep in Microsoft's",
      'program-data-folder',
      2.5,
      { pattern: 'rundll32 <program-data>\\microsoft\\crypto\\x.dll,run' },
    ],
    [
      "a program tried in another mode from Explorer's menu",
      'launches-program',
      1,
      { slug: 'pcwrun.exe', pattern: 'pcwrun <root-folder>\\old\\a.exe contextmenu' },
    ],
    [
      'an update of Windows',
      'writable-windows-folder',
      0.5,
      {
        slug: 'msiexec.exe',
        parentName: 'wuauclt.exe',
        pattern: 'msiexec /p <windows-writable>\\softwaredistribution\\download\\a.msp',
      },
    ],
    [
      'the same by a shell',
      'writable-windows-folder',
      4,
      {
        slug: 'msiexec.exe',
        parentName: 'cmd.exe',
        pattern: 'msiexec /p <windows-writable>\\softwaredistribution\\download\\a.msp',
      },
    ],
    [
      "a package of Microsoft's own",
      'remote-url',
      2,
      { pattern: 'msiexec /i https://download.microsoft.com/*.msi' },
    ],
    [
      'a package of a server that is named like it',
      'remote-url',
      5,
      { pattern: 'msiexec /i https://microsoft.com.example/*.msi' },
    ],
    [
      "a package behind a user's name",
      'remote-url',
      5,
      { pattern: 'msiexec /i https://microsoft.com@evil.example/*.msi' },
    ],
    [
      'one of two addresses',
      'remote-url',
      5,
      { pattern: 'msiexec /i https://download.microsoft.com/*.msi transforms=https://evil.example/*.mst' },
    ],
    ["a job of the database's agent", 'inline-script', 1, { slug: 'sqlps.exe', parentName: 'sqlagent.exe' }],
    [
      'a certificate with its key in a folder',
      'temp-folder',
      0.5,
      { slug: 'certutil.exe', mode: 'importpfx' },
    ],
    [
      'a driver by its set-up program',
      'launches-program',
      2.5,
      { ...SET_UP, parentName: 'acme-setup.exe', features: { parent: 'acme-setup.exe @ downloads' } },
    ],
    [
      'a driver by any program of a user',
      'launches-program',
      4,
      { ...SET_UP, parentName: 'acme.exe', features: { parent: 'acme.exe @ downloads' } },
    ],
    [
      'a driver that somebody installs by hand',
      'root-folder',
      1,
      { slug: 'infdefaultinstall.exe', parentName: 'explorer.exe' },
    ],
    [
      'a driver that a shell installs',
      'root-folder',
      3,
      { slug: 'infdefaultinstall.exe', parentName: 'cmd.exe' },
    ],
    [
      'a console on the own desktop',
      'desktop',
      1,
      { slug: 'mmc.exe', parentName: 'explorer.exe', target: { class: 'desktop', extension: 'msc' } },
    ],
    [
      'a library on the own desktop',
      'desktop',
      2,
      { parentName: 'explorer.exe', target: { class: 'desktop', extension: 'dll' } },
    ],
    [
      'a library in the deployment cache that a shell loads',
      'deployment-cache',
      2.5,
      { parentName: 'powershell.exe' },
    ],
    [
      'a library in the deployment cache that the tool loads',
      'deployment-cache',
      0,
      { parentName: 'ccmexec.exe' },
    ],
    [
      'a licence that is decoded',
      'decodes-file',
      2.5,
      { ...DECODED, pattern: 'certutil /decode a.txt a.dat' },
    ],
    ['a program that is decoded', 'decodes-file', 4, { ...DECODED, pattern: 'certutil /decode a.txt a.exe' }],
    [
      'a temporary file that a service of a vendor made',
      'user-temp',
      1.5,
      {
        slug: 'cscript.exe',
        parentName: 'dcu.exe',
        features: { parent: 'dcu.exe @ program-files', user: 'system, system' },
      },
    ],
  ] as const)('%s: %s %d bits', (_, code, bits, changes) => {
    expect(bitsOf(code, { facts: [code], ...changes })).toBe(bits)
  })

  test('a set-up program installs what it unpacked; a shell that does the same is none', () => {
    const target = { class: 'user-temp', extension: 'msi' } as const
    const facts = ['user-temp'] as const
    const unpacked = { slug: 'msiexec.exe', target, facts }
    const setUp = {
      parentName: 'pdf.exe',
      features: { parent: 'pdf.exe @ downloads', user: 'administrator, high' },
    }
    expect(bitsOf('user-temp', { ...unpacked, ...setUp })).toBe(1)
    expect(bitsOf('user-script', { ...unpacked, ...setUp })).toBe(0)
    const shell = {
      parentName: 'cmd.exe',
      features: { parent: 'cmd.exe @ system', user: 'administrator, high' },
    }
    expect(bitsOf('user-temp', { ...unpacked, ...shell })).toBe(3)
    const user = { ...setUp, features: { ...setUp.features, user: 'standard user, medium' } }
    expect(bitsOf('user-temp', { ...unpacked, ...user })).toBe(3)
  })

  test("a download from the own servers is the organisation's business, unless another address stands beside it", () => {
    expect(bitsOf('download', { facts: ['download', 'own-url'] })).toBe(1)
    expect(bitsOf('download', { facts: ['download', 'own-url', 'remote-url'] })).toBe(4)
  })
})

describe('circumstances', () => {
  test('alone make no deviation, and count in full beside evidence', () => {
    const shell = { slug: 'odbcconf.exe', parentName: 'cmd.exe' }
    expect(assessRisk(exampleSignature(shell), {})).toMatchObject({ millibits: 1499, evidence: 0 })
    const loads = { ...shell, facts: ['public-folder'] as const }
    expect(assessRisk(exampleSignature(loads), {})).toMatchObject({ millibits: 7500, evidence: 4000 })
  })

  test('a build of the kit that starts a tool is no shell', () => {
    const own = { parentName: 'msbuild.exe', features: { parent: 'msbuild.exe @ program-files' } }
    expect(bitsOf('script-parent', { ...own, facts: ['user-temp'] })).toBe(0)
    const windows = { parentName: 'msbuild.exe', features: { parent: 'msbuild.exe @ windows' } }
    expect(bitsOf('script-parent', { ...windows, facts: ['user-temp'] })).toBe(1.5)
  })
})
