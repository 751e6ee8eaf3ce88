import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { cleanPath } from './clean-path'
import { hasDeceptiveCharacters, hasDisguisedLetters } from './fold-characters'
import { classifyPath, extension, fileName, PATH_CLASSES } from './path-class'
import { pathPattern } from './path-pattern'

describe('classifying paths', () => {
  test.each([
    ['C:\\Windows\\System32\\shell32.dll', 'system'],
    ['%SystemRoot%\\SysWOW64\\x.dll', 'system'],
    ['C:\\Windows\\explorer.exe', 'windows'],
    ['C:\\Windows\\WinSxS\\amd64_x\\y.dll', 'windows'],
    ['C:\\Windows\\Tasks\\x.xml', 'windows-writable'],
    ['C:\\Windows\\System32\\spool\\drivers\\color\\x.dll', 'windows-writable'],
    ['C:\\Windows\\Temp\\x.dll', 'temp'],
    ['C:\\W!ndows\\System32\\rundll32.exe', 'root-folder'],
    ['D:\\Windows\\System32\\rundll32.exe', 'root-folder'],
    ['C:\\Windows\\System32\\..\\..\\evil\\x.dll', 'root-folder'],
    ['C:\\Program Files (x86)\\Vendor\\x.dll', 'program-files'],
    ['C:\\ProgramData\\Vendor\\x.dll', 'program-data'],
    ['C:\\ProgramData\\x.dll', 'program-data-root'],
    ['C:\\Users\\bob\\AppData\\Local\\Temp\\1\\x.dll', 'user-temp'],
    ['c:\\users\\ieuser\\appdata\\local\\temp\\system32\\mmc.exe', 'user-temp'],
    ['%TEMP%\\x.dll', 'user-temp'],
    ['C:\\Users\\bob\\Downloads\\x.dll', 'downloads'],
    ['C:\\Users\\bob\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\A\\x.js', 'downloads'],
    ['C:\\Users\\bob\\Desktop\\x.dll', 'desktop'],
    ['C:\\Users\\bob\\AppData\\Roaming\\x.dll', 'roaming'],
    ['C:\\Users\\bob\\AppData\\Local\\x.dll', 'local'],
    ['C:\\Users\\bob\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\x.hta', 'startup'],
    ['C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp\\x.lnk', 'startup'],
    ['C:\\Users\\bob\\x.dll', 'user-profile'],
    ['C:\\Windows\\System32\\config\\systemprofile\\AppData\\Local\\Temp\\x', 'user-temp'],
    ['C:\\Windows\\ServiceProfiles\\LocalService\\AppData\\Roaming\\x', 'roaming'],
    ['C:\\Users\\Public\\Documents\\x.dll', 'public'],
    ['C:\\tools\\x.dll', 'root-folder'],
    ['C:\\x.dll', 'drive-root'],
    ['E:\\x.dll', 'drive-root'],
    ['\\\\server\\share\\x.dll', 'unc'],
    ['\\\\server@SSL@443\\share\\x.dll', 'webdav'],
    ['\\\\server\\DavWWWRoot\\x.dll', 'webdav'],
    ['https://example.com/x.sct', 'url'],
    ['http:\\\\example.com\\x.sct', 'url'],
    ['https:example.com/x.hta', 'url'],
    ['C:\\folder\\normal.dll:evil.exe', 'alternate-data-stream'],
    ['normal.txt:evil.dll', 'alternate-data-stream'],
    ['ms-settings:printers', 'shell-object'],
    ['ms-settingsx:evil.dll', 'alternate-data-stream'],
    ['C:\\$Recycle.Bin\\S-1-5-21\\x.dll', 'recycle-bin'],
    ['\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy7\\Windows\\x.exe', 'shadow-copy'],
    ['\\Device\\HarddiskVolume3\\Windows\\System32\\x.exe', 'system'],
    ['\\Device\\Mup\\VBoxSvr\\x\\y.exe', 'unc'],
    ['::{20D04FE0-3AEA-1069-A2D8-08002B30309D}', 'shell-object'],
    ['sub\\x.dll', 'relative'],
    ['..\\x.dll', 'relative'],
    ['c:x.dll', 'relative'],
    ['x.dll', 'bare'],
    ['Registry', 'bare'],
    ['/usr/bin/osascript', 'unix-system'],
    ['/Applications/A.app/Contents/MacOS/A', 'unix-application'],
    ['/tmp/x', 'unix-temp'],
    ['/private/var/folders/ab/x', 'unix-temp'],
    ['/Users/bob/x.scpt', 'unix-home'],
    ['~/x.scpt', 'unix-home'],
    ['/srv/x', 'unix-other'],
  ])('%j is %s', (path, expected) => {
    expect(classifyPath(path)).toBe(expected)
  })

  test('name and extension are those Windows would use', () => {
    expect(fileName('"C:\\a b\\Foo.DLL. "')).toBe('foo.dll')
    expect(extension('C:\\a.b\\foo')).toBeNull()
    expect(extension('C:\\a\\x.txt:evil.dll')).toBe('dll')
    expect(fileName('https://h/a/b.sct?x=1')).toBe('b.sct')
    expect(fileName('https://h/')).toBe('')
  })
})

describe('path patterns', () => {
  test.each([
    ['C:\\Windows\\System32\\Shell32.dll', '<system>\\shell32.dll'],
    ['C:\\Program Files\\Vendor\\1.2.3\\a.dll', '<program-files>\\vendor\\<version>\\a.dll'],
    ['C:\\Users\\bob\\AppData\\Local\\Temp\\nsx12\\a1b2.tmp', '<user-temp>\\*.tmp'],
    ['C:\\Users\\eve\\AppData\\Local\\Temp\\q.tmp', '<user-temp>\\*.tmp'],
    ['C:\\Users\\bob\\AppData\\Roaming\\Vendor\\a.dll', '<roaming>\\vendor\\a.dll'],
    [
      'C:\\ProgramData\\x7k2m9q4w1.dll',
      '<program-data-root>\\programdata\\*.dll'.replace('programdata\\', ''),
    ],
    ['C:\\ProgramData\\Vendor\\Product\\a.dll', '<program-data>\\vendor\\product\\a.dll'],
    ['C:\\ProgramData\\Vendor\\Product\\Plugins\\One\\a.dll', '<program-data>\\vendor\\product\\*\\a.dll'],
    ['\\\\10.1.2.3\\share\\a.dll', '<unc>\\<ip>\\share\\a.dll'],
    ['http://10.1.2.3:8080/a/b.sct?q=1', 'http://<ip>:<n>/*.sct'],
    ['https://example.com', 'https://example.com/'],
    ['\\27434\\9886.exe', '<root-folder>\\<n>\\<n>.exe'],
    ['shell32.dll', 'shell32.dll'],
  ])('%j becomes %j', (path, pattern) => {
    expect(pathPattern(cleanPath(path))).toBe(pattern)
  })

  test('any text has a class and a pattern', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(PATH_CLASSES).toContain(classifyPath(text))
        expect(typeof pathPattern(cleanPath(text))).toBe('string')
        expect(typeof fileName(text)).toBe('string')
      }),
    )
  })
})

describe('deceptive characters', () => {
  test.each([
    ['Ann\u202egepj.exe', true],
    ['shell\u200b32.dll', true],
    ['sh\u0435ll32.dll', true],
    ['\u043f\u0440\u0438\u0432\u0435\u0442.docx', false],
    ['r\u00e9sum\u00e9.pdf', false],
    ['plain.dll', false],
  ])('%j: %s', (text, deceptive) => {
    expect(hasDeceptiveCharacters(text)).toBe(deceptive)
  })

  test('full-width letters are a disguise, accents are not', () => {
    expect(hasDisguisedLetters('\uff48ttp')).toBe(true)
    expect(hasDisguisedLetters('caf\u00e9')).toBe(false)
  })
})
