import { expect, test } from 'vitest'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { MOST_BYTES, signatureCache } from './signature-cache'

const withPattern = (pattern: string) => ({ id: '1', slug: 'rundll32.exe', pattern }) as Signature

test('however many signatures a log makes, and however long, a worker keeps no more bytes of them than stated', () => {
  const cache = signatureCache()
  const long = withPattern('x'.repeat(100_000))
  for (let id = 0; id < 5_000; id++) cache.set(String(id), long)
  expect(cache.calculatedSize).toBeLessThanOrEqual(MOST_BYTES)
  expect(cache.size).toBeLessThan(1_000)
  expect(cache.has('4999')).toBe(true)
  for (let id = 0; id < 100_000; id++) cache.set(`short ${id}`, withPattern('control panel'))
  expect(cache.calculatedSize).toBeLessThanOrEqual(MOST_BYTES)
  expect(cache.size).toBeGreaterThan(50_000)
})
