import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { cleanText } from './clean'
import { mask } from './mask'

describe('masking', () => {
  test.each([
    ['{4ddb9f3f-700c-4bd6-9fc0-eaf85c01d25b}.00000b94', '{<guid>}.<n>'],
    ['{9ba05972-f6a8-11cf-a442-00a0c90a8f39}', '{9ba05972-f6a8-11cf-a442-00a0c90a8f39}'],
    ['s-1-5-21-1004336348-1177238915-682003330-512', '<sid>'],
    ['/user:bob@example.com', '/user:<mail>'],
    ['http://10.0.0.7:8080/x', 'http://<ip>:<n>/x'],
    ['fe80::1c2d', '<ip>'],
    ['d41d8cd98f00b204e9800998ecf8427e', '<hash>'],
    ['0xca4_0xca8_0x1716533e', '0xca4_0xca8_0x1716533e'.replace(/0x[0-9a-f]+/g, '<hex>')],
    ['/x 0x401', '/x <hex>'],
    ['2021-04-26', '<date>'],
    ['2021-04-26t08:26:03', '<date>'],
    ['04/26/2021', '<date>'],
    ['12:30:45', '<date>'],
    ['msi4f3a.tmp', '<temp>.tmp'],
    ['~df1a.tmp', '<temp>.tmp'],
    ['v4.0.30319', '<version>'],
    ['putty-64bit-0.70-installer.msi', 'putty-64bit-<version>-installer.msi'],
    ['a 0f3b9c12d7', 'a <n>'],
    ['sfxca_123456', 'sfxca_<n>'],
    ['-p 12', '-p <n>'],
    ['c:\\users\\pedro.g\\x', 'c:\\users\\<user>\\x'],
    ['c:\\users\\public\\x', 'c:\\users\\public\\x'],
    ['x7k2m9q4w1', '<random>'],
    ['shell32.dll', 'shell32.dll'],
    ['framework64', 'framework64'],
    ['appxdeploymentextensions.onecore.dll', 'appxdeploymentextensions.onecore.dll'],
    ['shcreatelocalserverrundll', 'shcreatelocalserverrundll'],
    [`${'aGVsbG8gd29ybGQx'.repeat(5).toLowerCase()}==`, '<blob>'],
    ['ycckopd00htsdjvi.8.6', '<vector>'],
    ['twfeikr5uron+9stabcde1.5.12.3', '<vector>'],
    ['microsoft.windows.1.2', 'microsoft.windows.<n>.<n>'],
    ['[io.file]::add(1)', '[io.file]::add(<n>)'],
  ])('%j becomes %j', (text, masked) => {
    expect(mask(text)).toBe(masked)
  })

  test('masking twice changes nothing', () => {
    const pieces = fc.constantFrom(
      ...[
        '1',
        '12345',
        'ab',
        'deadbeef',
        '.',
        '-',
        ':',
        '/',
        '\\',
        '_',
        ' ',
        '@',
        'x.com',
        '0x',
        'v',
        's-1-',
        '<',
        '>',
        '~',
        '.tmp',
      ],
      ...[
        '\\users\\',
        'bob',
        '1.2.3.4',
        '::',
        'fe80',
        '2021-01-02',
        '12:30',
        't',
        'z',
        'a1b2c3d4',
        'qzxkvbjw',
        '+',
        '=',
        '{',
        '}',
      ],
      ...[
        '4ddb9f3f-700c-4bd6-9fc0-eaf85c01d25b',
        '9ba05972-f6a8-11cf-a442-00a0c90a8f39',
        'x'.repeat(30),
        '9'.repeat(32),
        'users',
      ],
    )
    const shaped = fc.array(pieces, { maxLength: 14 }).map((all) => all.join(''))
    fc.assert(
      fc.property(fc.oneof(shaped, fc.string({ unit: anyCharacter }).map(cleanText)), (text) => {
        expect(mask(mask(text))).toBe(mask(text))
      }),
      { numRuns: 5000, examples: [['::ab\\users\\4ddb9f3f-700c-4bd6-9fc0-eaf85c01d25b1s-1-']] },
    )
  })

  test.each(['1', 'a', 'a1', '.', '1.', ':', 'a@', '-', '\\users\\', 'f', '~', '%', 'a.tmp', '1-1-', '<'])(
    'a long run of %j is masked in bounded time',
    (unit) => {
      const text = unit.repeat(32_768 / unit.length)
      expect(mask(text).length).toBeGreaterThan(0)
    },
  )
})
