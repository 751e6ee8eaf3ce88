import { describe, expect, test } from 'vitest'
import { exampleSignature } from './example-signature'
import { withOwnDomains } from './own-domains'

const OWN = ['apps.example.com']

describe("under the organisation's own domains", () => {
  test.each([
    ['mshta https://apps.example.com/*.hta', ['remote-url'], ['own-url']],
    ['mshta https://eu.apps.example.com/*.hta', ['remote-url'], ['own-url']],
    ['rundll32 <unc>\\files.apps.example.com\\a.dll,go', ['unc-path'], ['own-share']],
    [
      'certutil /urlcache https://apps.example.com/a.exe',
      ['remote-url', 'download'],
      ['own-url', 'download'],
    ],
  ] as const)('%s comes from within', (pattern, facts, own) => {
    expect(withOwnDomains(exampleSignature({ pattern, facts }), OWN).facts).toEqual(own)
  })

  test.each([
    ["another's name that ends alike", 'mshta https://evilapps.example.com/*.hta', ['remote-url']],
    ["a parent's domain", 'mshta https://example.com/*.hta', ['remote-url']],
    [
      "a second address that is another's",
      'msiexec /i https://apps.example.com/a.msi transforms=https://evil.example/*.mst',
      ['remote-url'],
    ],
    ['a user before the name', 'mshta https://apps.example.com@evil.example/*.hta', ['remote-url']],
    ['script on the command line', 'mshta https://apps.example.com/a', ['inline-script', 'remote-url']],
    ['a pattern that was cut off', 'mshta https://apps.example.com/a <cut>', ['remote-url']],
    ['a WebDAV share by name and port', 'rundll32 <webdav>\\apps.example.com@ssl\\a.dll', ['remote-url']],
  ] as const)('%s stays outside', (_, pattern, facts) => {
    expect(withOwnDomains(exampleSignature({ pattern, facts }), OWN).facts).toEqual(facts)
  })

  test('connections to them lead to no outside', () => {
    const destination = ['apps.example.com:443', 'evil.example:443', 'internal:445']
    const signature = exampleSignature({ traits: { destination } })
    expect(withOwnDomains(signature, OWN).traits.destination).toEqual(['evil.example:443', 'internal:445'])
  })

  test('what a signature is, and is known by, stays', () => {
    const signature = exampleSignature({
      pattern: 'mshta https://apps.example.com/*.hta',
      facts: ['remote-url'],
    })
    expect(withOwnDomains(signature, OWN)).toMatchObject({ id: signature.id, features: signature.features })
    expect(withOwnDomains(signature, [])).toBe(signature)
  })
})
