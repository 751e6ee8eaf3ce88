import fc from 'fast-check'
import { expect, test } from 'vitest'
import { remembered } from './remembered'

test('answers as the function does, whatever was asked before, and reads what is asked again once', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (texts) => {
      let read = 0
      const known = remembered((text) => {
        read++
        return { length: text.length, text }
      })
      for (const text of texts) expect(known(text)).toEqual({ length: text.length, text })
      expect(read).toBe(new Set(texts).size)
    }),
  )
})

test('holds a bounded number of short texts', () => {
  let read = 0
  const known = remembered((text) => ({ text, at: read++ }))
  for (let at = 0; at < 50_000; at++) known(`text ${at}`)
  expect(known('text 0').at).toBe(50_000)
  expect(known('text 49999').at).toBe(49_999)
  const long = 'x'.repeat(513)
  expect(known(long).at).not.toBe(known(long).at)
})

test('remembers that a text has no answer, also from the generation before', () => {
  const asked: string[] = []
  const known = remembered((text): null => {
    asked.push(text)
    return null
  })
  for (let at = 0; at < 9_000; at++) known(`text ${at}`)
  expect(known('text 0')).toBeNull()
  expect(known('text 8999')).toBeNull()
  expect(asked).toHaveLength(9_000)
})
