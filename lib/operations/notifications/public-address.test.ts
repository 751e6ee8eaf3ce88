import { expect, test } from 'vitest'
import { classAddress, parseRanges, resolveReachable } from './public-address'

const NOWHERE = [
  '127.0.0.1',
  '127.255.0.9',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.3.4',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  '64:ff9b:1::a00:1',
  'fec0::1',
  '::10.0.0.1',
  '5f00::1',
  'not an address',
]

test.each(NOWHERE)('%s is never posted to by itself', (address) => {
  expect(classAddress(address, [])).toBeNull()
})
test('public addresses are', () => {
  expect(classAddress('93.184.215.14', [])).toMatchObject({ isPublic: true, family: 4 })
  expect(classAddress('2606:2800:220:1::1', [])).toMatchObject({ isPublic: true, family: 6 })
})
test('an administrator allows ranges, and nothing beside them', () => {
  const ranges = parseRanges(' 10.1.0.0/16, fd00::/8 ')
  expect(classAddress('10.1.2.3', ranges)).toMatchObject({ isPublic: false })
  expect(classAddress('::ffff:10.1.2.3', ranges)).toMatchObject({ address: '10.1.2.3' })
  expect(classAddress('10.2.2.3', ranges)).toBeNull()
  expect(classAddress('fd00::5', ranges)).toMatchObject({ isPublic: false })
  expect(() => parseRanges('10.0.0.0')).toThrow('CORDON_WEBHOOK_PRIVATE: 10.0.0.0 is not a range')
})
test('a name that leads to this machine is refused however it is written', async () => {
  for (const host of ['localhost', '[::1]', '2130706433', '0x7f.1', '127.1'])
    await expect(resolveReachable(host, [])).rejects.toMatchObject({ code: 'invalid-input' })
})
