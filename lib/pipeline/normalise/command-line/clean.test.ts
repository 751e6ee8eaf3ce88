import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { cleanText, removeCarets } from './clean'
import { cleanPath } from './clean-path'

describe('cleaning text', () => {
  test.each([
    ['r\0u\0n\0', 'run'],
    ['\u2013urlcache \u2014f', '-urlcache -f'],
    ['\u201chttps://x\u201d', '"https://x"'],
    ['\uff48\uff54\uff54\uff50\uff1a\uff0f\uff0fx', 'http://x'],
    ['\u02b0ttp', 'http'],
    ['Ann\u202egepj.exe', 'anngepj.exe'],
    ['%%COMSPEC%% /c', 'c:\\windows\\system32\\cmd.exe /c'],
    ['%ProgramFiles(x86)%\\A', 'c:\\program files (x86)\\a'],
    ['100%%20of', '100%20of'],
    ['%nosuchthing%', '%nosuchthing%'],
    ['/f\u001b[D\u001b[D', '/f[d[d'],
    ['a\r\nb', 'a  b'],
  ])('%j reads %j', (raw, clean) => {
    expect(cleanText(raw)).toBe(clean)
  })

  test('carets go only where a shell would drop them', () => {
    expect(removeCarets('p^ow^^er"sh^ell"')).toBe('power"shell"')
    expect(removeCarets('2 ^ 3')).toBe('2 ^ 3')
  })

  test('cleaning twice changes nothing', () => {
    const hostile = fc.string({ unit: anyCharacter })
    const shaped = fc
      .array(
        fc.constantFrom(
          '%',
          'temp',
          'windir',
          '%%',
          '\\',
          '/',
          '..',
          '.',
          ' ',
          'c:',
          '\\\\?\\',
          '\\??\\',
          'unc\\',
          'file:',
          'users',
          'progra~1',
          'a',
          '\u2013',
          '"',
          'all users',
          'application data',
          'globalroot',
          'device',
          'mup',
          '~',
          'http:',
        ),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(hostile, shaped), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text))
        expect(cleanPath(cleanPath(text))).toBe(cleanPath(text))
      }),
      { numRuns: 3000 },
    )
  })
})

describe('cleaning paths', () => {
  test.each([
    ['C:\\Windows\\System32\\..\\Temp\\\\x.dll', 'c:\\windows\\temp\\x.dll'],
    ['C:/Windows/./System32/Foo.DLL', 'c:\\windows\\system32\\foo.dll'],
    ['\\\\?\\C:\\Windows\\x', 'c:\\windows\\x'],
    ['\\??\\C:\\Windows\\x', 'c:\\windows\\x'],
    ['\\\\.\\C:\\Windows\\x', 'c:\\windows\\x'],
    ['\\\\?\\UNC\\Server\\Share\\x.dll', '\\\\server\\share\\x.dll'],
    ['\\Device\\HarddiskVolume3\\Windows\\x', 'c:\\windows\\x'],
    ['\\Device\\Mup\\srv\\share\\x', '\\\\srv\\share\\x'],
    ['\\SystemRoot\\System32\\x.sys', 'c:\\windows\\system32\\x.sys'],
    [
      '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy10\\Windows\\x',
      'c:\\device\\harddiskvolumeshadowcopy10\\windows\\x',
    ],
    ['C:\\PROGRA~1\\Vendor\\a.dll', 'c:\\program files\\vendor\\a.dll'],
    ['C:\\PROGRA~2\\Vendor\\a.dll', 'c:\\program files (x86)\\vendor\\a.dll'],
    ['C:\\DOCUME~1\\Bob\\LOCALS~1\\Temp\\a.dll', 'c:\\users\\bob\\appdata\\local\\temp\\a.dll'],
    ['"C:\\a b\\c.dll"', 'c:\\a b\\c.dll'],
    ['C:\\evil.dll. .', 'c:\\evil.dll'],
    ['\\Windows\\Temp\\x.dmp', 'c:\\windows\\temp\\x.dmp'],
    ['..\\..\\x.dll', '..\\..\\x.dll'],
    ['a\\..\\b.dll', 'b.dll'],
    ['.\\b.dll', '.\\b.dll'],
    ['file:///C:/x/y.hta', 'c:\\x\\y.hta'],
    ['/usr/bin/../local/x', '/usr/local/x'],
    ['%PUBLIC%\\x.dll', 'c:\\users\\public\\x.dll'],
    ['//server/share/x', '\\\\server\\share\\x'],
    ['https://Example.com/A/../b', 'https://example.com/a/../b'],
  ])('%j becomes %j', (raw, clean) => {
    expect(cleanPath(raw)).toBe(clean)
  })
})
