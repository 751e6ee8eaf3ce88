import { expect, test } from 'vitest'
import { ASR_RULES, NEAR_RULES, STANDARD_RULES } from './asr-rules'

test('every rule that Microsoft publishes has one name, by an id as hosts’ reports are stored', () => {
  expect(new Set(ASR_RULES.map(({ id }) => id)).size).toBe(19)
  expect(new Set(ASR_RULES.map(({ name }) => name)).size).toBe(19)
  for (const { id } of ASR_RULES) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
})

test('the rules that policies set are the same eleven', () => {
  expect([...STANDARD_RULES, ...NEAR_RULES]).toEqual(ASR_RULES.slice(0, 11))
})
