import { expect, test } from 'vitest'
import { hostWords } from './host-words'

const at = (time: string) => Date.parse(time) * 1000
const MONTH = {
  hosts: 3,
  firstAtUs: at('2026-01-05T00:00Z'),
  lastAtUs: at('2026-01-30T23:59Z'),
  complete: true,
}

test('the hosts of an import and their days are told in a line, and nothing where none is known', () => {
  expect(hostWords(MONTH, true)).toBe('3 hosts, from 2026-01-05 to 2026-01-30')
  expect(hostWords({ ...MONTH, hosts: 1, lastAtUs: at('2026-01-05T23:59Z') }, true)).toBe(
    '1 host, on 2026-01-05',
  )
  expect(hostWords({ hosts: 0, firstAtUs: null, lastAtUs: null, complete: true }, true)).toBeNull()
})

test('what is out of sight, or was not noted, is not claimed not to be there', () => {
  expect(hostWords(MONTH, false)).toMatch(/^3 hosts in your sight,/)
  expect(hostWords({ ...MONTH, complete: false }, true)).toMatch(/^executions of 3 hosts,/)
})
