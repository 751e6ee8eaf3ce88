import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownPath } from './own-path'

test.each(['/', '/hosts?q=a%2Fb&page=2', '/executions/1/2/3#raw'])('%s is a path of this site', (path) => {
  expect(ownPath(path)).toBe(path)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  'hosts',
  '',
  null,
  ['/hosts'],
])('%j leads nowhere else', (path) => {
  expect(ownPath(path)).toBe('/')
})

test('whatever is asked for, a browser stays on this site', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '\t',
    '\n',
    '\r',
    '.',
    '..',
    '%2e',
    ':',
    '@',
    'evil.example',
    ' ',
    '?',
    '#',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = ownPath(`/${pieces.join('')}`)
      expect(new URL(path, 'https://cordon.example').host).toBe('cordon.example')
    }),
    { numRuns: 2000 },
  )
})
