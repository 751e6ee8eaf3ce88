import { expect, test } from 'vitest'
import { recordOfText } from './wrapped'

test('a text of JSON is a record unless it is nested deeper than records may be, whatever brackets its own texts have', () => {
  const nested = (levels: number) => `{"EventID":1,"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
  expect(recordOfText(nested(63))).toMatchObject({ EventID: 1 })
  expect(recordOfText(nested(64))).toBeNull()
  expect(recordOfText(nested(200_000))).toBeNull()
  const script = JSON.stringify({ EventID: 4104, ScriptBlockText: '{[('.repeat(5000) })
  expect(recordOfText(script)).toEqual(JSON.parse(script))
})
