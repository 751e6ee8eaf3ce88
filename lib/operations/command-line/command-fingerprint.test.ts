import { expect, test } from 'vitest'
import { hash64 } from '@/lib/pipeline/hash'
import { commandFingerprint } from './command-fingerprint'

test('a command that says no order of dates is the one that was stopped before there was any, and another with each', () => {
  const files = [{ path: '/a.csv', sizeBytes: 7, changedMs: 5, problem: null }]
  const command = (dateOrder: 'dmy' | 'mdy' | null) =>
    commandFingerprint({ host: 'ws01', dateOrder, format: null }, files)
  const before = JSON.stringify([process.cwd(), 'ws01', null, [['/a.csv', 7, 5]]])
  expect(command(null)).toBe(hash64('command-line', before))
  expect(new Set([command(null), command('dmy'), command('mdy')]).size).toBe(3)
})
