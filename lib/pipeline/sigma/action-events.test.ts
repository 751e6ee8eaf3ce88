import { expect, test } from 'vitest'
import { toSigmaConnection, toSigmaModule, toSigmaQuery } from './action-events'
import type { SigmaFields } from './check'
import { exampleRule } from './example-rule'
import type { SigmaCategory } from './rule'
import { isHit } from './rule-engine'

const ACTOR = { image: 'C:\\Windows\\System32\\rundll32.exe', user: null }

function hit(category: SigmaCategory, fields: SigmaFields, selection: string): boolean {
  const rule = exampleRule(`s:\n  ${selection}\ncondition: s`, { category })
  return isHit(rule, { category, product: 'windows', fields })
}

test('rules for image loads ask for the process, the module and its signature', () => {
  const load = {
    module: 'C:\\Users\\Public\\a.dll',
    originalFileName: null,
    signed: false,
    signer: null,
    signatureStatus: 'unavailable',
    hashes: { md5: null, sha1: null, sha256: null, imphash: 'ab' },
  }
  const asks = (selection: string) => hit('image_load', toSigmaModule(ACTOR, load), selection)
  expect(asks("ImageLoaded|startswith: 'C:\\Users\\'")).toBe(true)
  expect(asks("Image|endswith: '\\rundll32.exe'")).toBe(true)
  expect(asks("Signed: 'false'")).toBe(true)
  expect(asks('Signed: false')).toBe(true)
  expect(asks('SignatureStatus: Unavailable')).toBe(true)
  expect(asks("Hashes|contains: 'IMPHASH=AB'")).toBe(true)
  expect(asks('Signature: null')).toBe(false)
})

test('rules for connections ask where they led and who opened them', () => {
  const made = {
    protocol: 'tcp',
    initiated: true,
    destinationIp: '203.0.113.9',
    destinationHost: null,
    destinationPort: 443,
  }
  const asks = (selection: string) => hit('network_connection', toSigmaConnection(ACTOR, made), selection)
  expect(asks("Initiated: 'true'")).toBe(true)
  expect(asks('DestinationPort: 443')).toBe(true)
  expect(asks("DestinationIp|cidr: '203.0.113.0/24'")).toBe(true)
  expect(asks('DestinationHostname|contains: example')).toBe(false)
  expect(asks('DestinationHostname: null')).toBe(false)
})

test('rules for DNS queries ask for the name and its answers', () => {
  const asked = { query: 'cdn.example.com', results: ['198.51.100.1', '198.51.100.2'] }
  const asks = (selection: string) => hit('dns_query', toSigmaQuery(ACTOR, asked), selection)
  expect(asks('QueryName|endswith: .EXAMPLE.com')).toBe(true)
  expect(asks("QueryResults|contains: '198.51.100.2;'")).toBe(true)
  expect(asks('QueryName: other.example.com')).toBe(false)
})
