import { expect, test } from 'vitest'
import { ownDomain } from './own-domain'

test.each([
  ['WS-101.corp.local', 'corp.local'],
  ['dc01.emea.corp.example.com.', 'example.com'],
  ['ws-1.contoso.co.uk', 'contoso.co.uk'],
  ['WS-101', null],
  ['pc.local', null],
  ['10.1.2.3', null],
  ['fe80::1', null],
  ['', null],
  [null, null],
])('of %s is %s', (host, domain) => {
  expect(ownDomain(host)).toBe(domain)
})

test('of a name that a hosting service gave out is none: its customers share nothing', () => {
  expect(ownDomain('shop.azurewebsites.net')).toBeNull()
})
