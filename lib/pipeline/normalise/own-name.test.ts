import { expect, test } from 'vitest'
import { mentions, ownName } from './own-name'

test.each([
  ['DESKTOP-AB3CD4F', 'desktop-ab3cd4f'],
  ['dc01.corp.example', 'dc01'],
  ['APP_2.corp.example.', 'app_2'],
])('%s is told its own name as %s', (printed, name) => {
  expect(ownName(printed)).toBe(name)
})

test.each(['install', 'server.corp.example', 'pc1', '10.1.2.3', '2024', 'fe80::1', '', '-', null])(
  'a host named %s is not looked for in command lines',
  (printed) => {
    expect(ownName(printed)).toBeNull()
  },
)

test('a name is mentioned in any case', () => {
  expect(mentions('cscript a.vbs DC01', 'dc01')).toBe(true)
  expect(mentions('cscript a.vbs dc02', 'dc01')).toBe(false)
  expect(mentions(null, 'dc01')).toBe(false)
  expect(mentions('cscript a.vbs', null)).toBe(false)
})
