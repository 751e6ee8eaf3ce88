import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classifyAddress } from './address-class'
import { childTrait } from './child-trait'
import { type Contact, destinationTrait, destinationValue, registeredDomain } from './destination-trait'
import { moduleTrait, moduleValue } from './module-trait'
import { toTrait } from './traits'

const IMAGE = 'C:\\Windows\\System32\\rundll32.exe'

describe('a loaded file', () => {
  test.each([
    ['C:\\Windows\\System32\\ntdll.dll', true, 'valid', null],
    ['C:\\Windows\\System32\\ntdll.dll', false, 'unavailable', 'ntdll.dll @ system, unsigned'],
    ['C:\\Windows\\System32\\ntdll.dll', null, null, null],
    ['C:\\Windows\\System32\\SCROBJ.dll', true, 'valid', 'scrobj.dll @ system'],
    ['C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\clr.dll', true, 'valid', 'clr.dll @ windows'],
    ['C:\\Windows\\assembly\\NativeImages_v4.0.30319_64\\System\\1\\System.ni.dll', false, null, null],
    [
      'C:\\Users\\ann\\AppData\\Local\\Temp\\k2j4h6d8f1.dll',
      false,
      null,
      '<random>.dll @ user-temp, unsigned',
    ],
    ['C:\\Program Files\\Vendor\\hook.dll', true, 'valid', 'hook.dll @ program-files'],
    ['C:\\Program Files\\Vendor\\hook.dll', true, 'revoked', 'hook.dll @ program-files, unsigned'],
    [
      'C:\\ProgramData\\Adobe\\ARM\\hook.dll',
      false,
      'unavailable',
      "hook.dll @ program-data, unsigned unlike its maker's",
    ],
    [
      'C:\\Program Files\\Common Files\\Microsoft Shared\\hook.dll',
      false,
      null,
      "hook.dll @ program-files, unsigned unlike its maker's",
    ],
    ['C:\\Program Files\\Vendor\\Microsoft\\a.dll', false, null, 'a.dll @ program-files, unsigned'],
    ['\\\\server\\share\\a.dll', true, 'valid', 'a.dll @ unc'],
    [IMAGE.toLowerCase(), true, 'valid', null],
    [IMAGE, false, null, 'rundll32.exe @ system, unsigned'],
  ])('%s (signed %s, %s) is worth %s', (module, signed, signatureStatus, expected) => {
    expect(moduleValue({ module, signed, signer: null, signatureStatus }, IMAGE)).toBe(expected)
  })

  test.each([
    [
      'C:\\Users\\ann\\AppData\\Roaming\\Zoom\\bin\\im.dll',
      'Zoom Video Communications, Inc.',
      'valid',
      ', signed by its maker',
    ],
    ['C:\\ProgramData\\LabWare\\LIMS\\link.dll', 'LabWare Inc', 'valid', ', signed by its maker'],
    ['C:\\ProgramData\\LexmarkScan\\x.dll', 'Lexmark International, Inc.', 'valid', ', signed by its maker'],
    ['C:\\ProgramData\\Health\\core.dll', 'Orbit Telemetry LLC', 'valid', ''],
    ['C:\\ProgramData\\Software\\Update\\core.dll', 'Software Update Inc', 'valid', ''],
    ['C:\\ProgramData\\LabWare\\link.dll', 'LabWare Inc', 'revoked', ', unsigned'],
    ['C:\\ProgramData\\labware.dll', 'LabWare Inc', 'valid', ''],
  ])('%s, signed by %s (%s), is told as%s', (module, signer, signatureStatus, ending) => {
    const value = moduleValue({ module, signed: true, signer, signatureStatus }, IMAGE) ?? ''
    expect(value.slice(value.search(/,|$/))).toBe(ending)
  })

  test('is kept before others, where there are too many, that is unsigned and in a folder of users', () => {
    const plain = Array.from({ length: 40 }, (_, index) => ({
      module: `C:\\Program Files\\Vendor\\${'a'.repeat(1 + (index % 8))}${'b'.repeat(index % 3)}.dll`,
      signed: true,
      signer: null,
      signatureStatus: 'valid',
    }))
    const odd = { module: 'C:\\Users\\ann\\zz.dll', signed: false, signer: null, signatureStatus: null }
    const trait = moduleTrait([...plain, odd], IMAGE)
    expect(trait).toHaveLength(12)
    expect(trait).toContain('zz.dll @ user-profile, unsigned')
  })
})

describe('a destination', () => {
  const contact = (changes: Partial<Contact>): Contact => ({
    name: null,
    ip: '203.0.113.7',
    port: 443,
    initiated: true,
    ...changes,
  })
  test.each([
    [{}, 'external:443'],
    [{ ip: '10.1.2.3', port: 445 }, 'internal:445'],
    [{ ip: '10.1.2.3', port: 445, name: 'files.example.com' }, 'internal:445'],
    [{ name: 'a.b.example.co.uk' }, 'example.co.uk:443'],
    [{ name: 'someone.azurewebsites.net' }, 'someone.azurewebsites.net:443'],
    [{ name: 'dc01.corp.local' }, 'external:443'],
    [{ name: 'example.com', ip: null, port: null, initiated: null }, 'example.com'],
    [{ name: 'wpad', ip: null, port: null, initiated: null }, null],
    [{ port: 51234 }, 'external:high'],
    [{ initiated: false, port: 8080 }, 'inbound:8080'],
    [{ ip: '127.0.0.1' }, null],
    [{ ip: '224.0.0.252' }, null],
    [{ ip: 'ff02::1:3' }, null],
    [{ ip: 'fe80:0:0:0:5d54:ed5a:760f:c4ff', port: 445 }, 'internal:445'],
    [{ ip: '2001:db8::1' }, 'external:443'],
  ])('%j is worth %s', (changes, expected) => {
    expect(destinationValue(contact(changes))).toBe(expected)
  })

  test('has a class, whatever is printed for its address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) => {
        expect(['external', 'internal', 'nowhere']).toContain(classifyAddress(address))
        registeredDomain(address)
      }),
    )
  })
})

test('children are programs by name and folder, without what Windows starts beside any program', () => {
  const images = [
    'C:\\Windows\\System32\\cmd.exe',
    'C:\\WINDOWS\\system32\\CMD.EXE',
    'C:\\Windows\\System32\\conhost.exe',
    'C:\\Users\\ann\\AppData\\Local\\Temp\\7F3A9B21C4D5.exe',
  ]
  expect(childTrait(images)).toEqual(['<n>.exe @ user-temp', 'cmd.exe @ system'])
})

test('a trait is the same for any order and repetition of what happened', () => {
  const value = fc.string({ maxLength: 3 })
  fc.assert(
    fc.property(fc.array(value, { maxLength: 40 }), fc.integer(), (values, by) => {
      const rank = (text: string) => (text.length + by) % 3
      const again = [...values, ...values].reverse()
      expect(toTrait(again, rank)).toEqual(toTrait(values, rank))
    }),
  )
  expect(destinationTrait([])).toEqual([])
})
