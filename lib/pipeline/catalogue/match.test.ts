import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CATALOGUE } from './catalogue'
import { imageFolderExpected } from './image-folder'
import { buildMatcher, isProxy } from './match'

const matcher = buildMatcher(CATALOGUE)
const SYSTEM32 = String.raw`C:\Windows\System32`
const NONE: ReadonlySet<string> = new Set()

function entryOf(slug: string) {
  const entry = CATALOGUE.find((candidate) => candidate.slug === slug)
  if (entry === undefined) throw new Error(`no entry ${slug}`)
  return entry
}

function match(image: string, originalFileName: string | null = null, hosted: string | null = null) {
  const found = matcher.match({ image, originalFileName, hosted })
  return found && { ...found, entry: found.entry.slug }
}

/** Image, original name, and the entry, the way it was recognised and whether it is renamed. */
type Row = [image: string, original: string | null, entry: string | null, by?: string, masquerade?: 'renamed']

const RECOGNISED: readonly Row[] = [
  [String.raw`C:\Windows\System32\rundll32.exe`, null, 'rundll32.exe', 'image-name'],
  [String.raw`C:\Windows\SysWOW64\RUNDLL32.EXE`, 'RUNDLL32.EXE.MUI', 'rundll32.exe', 'image-name'],
  [String.raw`.\rUnDlL32.exe`, '-', 'rundll32.exe', 'image-name'],
  ['regsvr32.exe', '?', 'regsvr32.exe', 'image-name'],
  [
    String.raw`C:\Windows\System32\Register-CimProvider.exe`,
    'Register-CimProvider2.exe',
    'register-cimprovider.exe',
    'image-name',
  ],
  [String.raw`C:\Windows\System32\mavinject.exe`, 'mavinject64.exe', 'mavinject.exe', 'image-name'],
  [String.raw`C:\Tools\procdump64.exe`, 'procdump', 'procdump.exe', 'image-name'],
  [String.raw`C:\Tools\procdump64.exe`, 'procdump64.exe', 'procdump.exe', 'image-name'],
  ['/usr/bin/osascript', null, 'osascript', 'image-name'],
  [String.raw`C:\W!ndows\System32\rundll32.exe`, null, 'rundll32.exe', 'image-name'],
  [String.raw`c:\users\ieuser\appdata\local\temp\system32\mmc.exe`, null, 'mmc.exe', 'image-name'],
  [String.raw`C:\Users\Public\renamed-wscript.exe`, 'wscript.exe', 'wscript.exe', 'original-name', 'renamed'],
  [String.raw`C:\Users\Public\svchost.exe`, ' MSHTA.EXE.mui ', 'mshta.exe', 'original-name', 'renamed'],
  [String.raw`C:\Temp\wlrmdr.exe`, 'WLRMNDR.EXE', 'wlrmdr.exe', 'image-name'],
  [String.raw`C:\red_ttp\odbcconf.exe`, 'python.exe', 'odbcconf.exe', 'image-name', 'renamed'],
  [String.raw`C:\Windows\System32\unregmp2.exe`, 'anything.exe', 'unregmp2.exe', 'image-name'],
  [String.raw`C:\Temp\notepad.exe`, 'NOTEPAD.EXE', null],
  ['Registry', null, null],
  ['', '', null],
]

describe('recognising a binary', () => {
  test.each(RECOGNISED)('%s with original name %s is %s', (image, original, entry, by, masquerade) => {
    const expected = entry && { entry, by, masquerade: masquerade ?? null, hostedEntry: null }
    expect(match(image, original)).toEqual(expected)
  })

  test('a binary renamed to another catalogued one is what its version resource says', () => {
    expect(match(`${SYSTEM32}\\certutil.exe`, 'RUNDLL32.EXE')).toMatchObject({
      entry: 'rundll32.exe',
      by: 'original-name',
      masquerade: 'renamed',
    })
  })

  test('a shell renamed to a scored binary does not leave what is scored', () => {
    expect(match(`${SYSTEM32}\\certutil.exe`, 'Cmd.Exe')).toMatchObject({
      entry: 'certutil.exe',
      by: 'image-name',
      masquerade: 'renamed',
    })
  })

  test('an oversized original name is ignored', () => {
    expect(match(`${SYSTEM32}\\mshta.exe`, 'x'.repeat(100_000))?.masquerade).toBeNull()
  })

  test('any text at all is answered without throwing', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom(...CATALOGUE.map((entry) => entry.slug)))
    fc.assert(
      fc.property(text, fc.option(text), fc.option(text), (image, originalFileName, hosted) => {
        const found = matcher.match({ image, originalFileName, hosted })
        if (found !== null) expect(CATALOGUE).toContain(found.entry)
      }),
    )
  })

  test('every binary is recognised where it is published, whatever the case', () => {
    for (const entry of CATALOGUE.filter((candidate) => candidate.kind === 'binary'))
      for (const path of entry.paths.filter((candidate) => candidate.toLowerCase().endsWith(entry.slug)))
        expect(match(path.toUpperCase())?.entry).toBe(entry.slug)
  })
})

describe('everyday names', () => {
  test.each([
    [String.raw`C:\Program Files (x86)\Windows Kits\10\Debuggers\x64\remote.exe`, 'remote.exe'],
    [String.raw`C:\Program Files (x86)\Windows Kits\10\Testing\Runtimes\TAEF\te.exe`, 'te.exe'],
    [String.raw`C:\Program Files\Vendor\remote.exe`, undefined],
    [String.raw`C:\Users\ann\AppData\Local\slack\update.exe`, undefined],
    ['update.exe', undefined],
    [String.raw`D:\games\te.exe`, undefined],
  ])('%s is recognised by name only where it is published', (image, slug) => {
    expect(match(image)?.entry).toBe(slug)
  })

  test('an everyday name elsewhere is recognised by its version resource', () => {
    expect(match(String.raw`C:\Temp\te.exe`, 'te.exe')).toMatchObject({
      by: 'original-name',
      masquerade: null,
    })
  })
})

describe('what a binary was told to run', () => {
  test.each(['shell32.dll', 'SHELL32', String.raw`C:\Windows\System32\shell32.dll`])(
    'rundll32 loading %s stays an execution of rundll32 and notes the library',
    (hosted) => {
      expect(match(`${SYSTEM32}\\rundll32.exe`, null, hosted)).toMatchObject({
        entry: 'rundll32.exe',
        hostedEntry: 'shell32.dll',
      })
    },
  )

  test('an uncatalogued library is not noted', () => {
    expect(match('rundll32.exe', null, 'printui.dll')?.hostedEntry).toBeNull()
  })

  test('a script that cscript runs is noted beside cscript', () => {
    expect(match('cscript.exe', null, 'winrm.vbs')).toMatchObject({
      entry: 'cscript.exe',
      hostedEntry: 'winrm.vbs',
    })
  })

  test('a catalogued script that PowerShell runs is the execution itself', () => {
    const image = String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`
    expect(match(image, 'PowerShell.EXE', String.raw`C:\x\CL_Invocation.ps1`)).toEqual({
      entry: 'cl_invocation.ps1',
      by: 'hosted-file',
      masquerade: null,
      hostedEntry: 'cl_invocation.ps1',
    })
    expect(match(image, 'PowerShell.EXE', 'own.ps1')?.entry).toBe('powershell.exe')
  })

  test('a script opened by a program that is no shell is nothing to recognise', () => {
    expect(match('notepad.exe', null, 'winrm.vbs')).toBeNull()
  })
})

describe('what counts as a proxy execution', () => {
  test('baseline always, optional when turned on, context never', () => {
    expect(isProxy(entryOf('rundll32.exe'), NONE)).toBe(true)
    expect(isProxy(entryOf('netsh.exe'), NONE)).toBe(false)
    expect(isProxy(entryOf('netsh.exe'), new Set(['netsh.exe']))).toBe(true)
    expect(isProxy(entryOf('cmd.exe'), new Set(['cmd.exe']))).toBe(false)
  })
})

describe('expected folders', () => {
  test.each<[slug: string, image: string, expected: boolean | null]>([
    ['rundll32.exe', String.raw`C:\Windows\System32\rundll32.exe`, true],
    ['rundll32.exe', String.raw`d:\windows\syswow64\rundll32.exe`, true],
    ['rundll32.exe', String.raw`\Device\HarddiskVolume3\Windows\System32\rundll32.exe`, true],
    ['rundll32.exe', String.raw`\SystemRoot\System32\rundll32.exe`, true],
    ['rundll32.exe', String.raw`\\?\C:\Windows\System32\rundll32.exe`, true],
    [
      'rundll32.exe',
      String.raw`C:\Windows\WinSxS\amd64_microsoft-windows-rundll32_31bf_10.0.1_none_1\rundll32.exe`,
      true,
    ],
    ['rundll32.exe', String.raw`C:\W!ndows\System32\rundll32.exe`, false],
    ['rundll32.exe', String.raw`C:\Diagnostics\UserTmp\rundll32.exe`, false],
    ['rundll32.exe', String.raw`\\vboxsrv\share\rundll32.exe`, false],
    ['rundll32.exe', String.raw`\Device\HarddiskVolumeShadowCopy7\Windows\System32\rundll32.exe`, false],
    ['rundll32.exe', 'rundll32.exe', null],
    ['mmc.exe', String.raw`c:\users\ieuser\appdata\local\temp\system32\mmc.exe`, false],
    ['msbuild.exe', String.raw`C:\Windows\Microsoft.NET\Framework64\v4.0.30319\MSBuild.exe`, true],
    [
      'msbuild.exe',
      String.raw`C:\Program Files\Microsoft Visual Studio\2022\Enterprise\MSBuild\Current\Bin\amd64\MSBuild.exe`,
      true,
    ],
    ['msbuild.exe', String.raw`C:\Windows\System32\MSBuild.exe`, false],
    [
      'mpcmdrun.exe',
      String.raw`C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.24090.11-0\MpCmdRun.exe`,
      true,
    ],
    [
      'wt.exe',
      String.raw`C:\Program Files\WindowsApps\Microsoft.WindowsTerminal_1.21.2361.0_x64__8wekyb3d8bbwe\wt.exe`,
      true,
    ],
    ['winget.exe', String.raw`C:\Users\user\AppData\Local\Microsoft\WindowsApps\winget.exe`, true],
    ['osascript', '/usr/bin/osascript', true],
    ['osascript', '/tmp/osascript', false],
    ['msxsl.exe', String.raw`C:\Temp\msxsl.exe`, null],
  ])('%s at %s: %s', (slug, image, expected) => {
    expect(imageFolderExpected(entryOf(slug), image)).toBe(expected)
  })

  test('a long run of digits costs no more than its length', () => {
    const image = `C:\\${'1'.repeat(200_000)}\\rundll32.exe`
    expect(imageFolderExpected(entryOf('rundll32.exe'), image)).toBe(false)
  })
})
