import type pg from 'pg'
import { expect, test } from 'vitest'
import { knownRows } from './known-rows'

test('what is asked for stays known, what is not makes room', () => {
  const pool = {} as pg.Pool
  knownRows(pool).add('asked for')
  knownRows(pool).add('not')
  for (let number = 0; number < 250_000; number++) {
    knownRows(pool).add(`row ${number}`)
    if (number % 50_000 === 0) knownRows(pool).has('asked for')
  }
  expect(knownRows(pool).has('asked for')).toBe(true)
  expect(knownRows(pool).has('not')).toBe(false)
  expect(knownRows({} as pg.Pool).has('asked for')).toBe(false)
})
