import { expect, test } from 'vitest'
import { remembering, rememberingSeveral } from './remembering'

test('what is made of a key is made once, as long as there is room for keys and values', () => {
  const { made, ask } = counted({ most: 10_000, valueBytes: 900 })
  for (let round = 0; round < 3; round++) for (let key = 0; key < 10; key++) ask(`key ${key}`)
  expect(made).toHaveLength(10)
  for (let key = 10; key < 1000; key++) ask(`key ${key}`)
  made.length = 0
  for (let key = 999; key >= 0; key--) ask(`key ${key}`)
  expect(made).toHaveLength(1000 - 11)
})

test('a key that is longer than all that there is room for is answered and not held', () => {
  const { made, ask } = counted({ most: 1000 })
  const long = 'x'.repeat(2000)
  ask('short')
  expect([ask(long), ask(long)]).toEqual([{ of: long }, { of: long }])
  ask('short')
  expect(made).toEqual(['short', long, long])
})

test('what is made of several texts is told apart by all of them, and few are held that begin with the same one', () => {
  const remember = rememberingSeveral<{ of: string }>()
  const ask = (...more: (string | null)[]) => remember('first', more, () => ({ of: JSON.stringify(more) }))
  const asked = [
    ['a', null],
    ['a', 'null'],
    ['', 'a'],
    [null, 'a'],
  ] as const
  const made = asked.map((more) => ask(...more))
  expect(made.map(({ of }) => of)).toEqual(asked.map((more) => JSON.stringify(more)))
  expect(asked.every((more, index) => ask(...more) === made[index])).toBe(true)
  for (let number = 0; number < 8; number++) ask('more', String(number))
  expect(ask('a', null)).not.toBe(made[0])
  expect(ask('more', '7')).toBe(ask('more', '7'))
})

function counted(room: Parameters<typeof remembering>[0]) {
  const made: string[] = []
  const remember = remembering<{ of: string }>(room)
  const ask = (key: string) =>
    remember(key, () => {
      made.push(key)
      return { of: key }
    })
  return { made, ask }
}
