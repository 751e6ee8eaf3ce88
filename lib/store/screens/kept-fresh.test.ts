import { afterEach, expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { forgetLooked, noteLooked, workOutAhead } from './kept-fresh'
import { noteComputed, remembered } from './remembered'

withTestDatabase()
afterEach(forgetLooked)

/** A page that takes long, and how often it was worked out. */
function slowPage(name: string) {
  let times = 0
  const ask = () => remembered(name, { kind: 'all' }, null, async () => ++times, { slowMs: 0 })
  return { ask, times: () => times, look: () => noteLooked(name, async () => [await ask()]) }
}

const ahead = () => workOutAhead(pool())

test('what was looked at is worked out once something is computed, before anybody asks, and the next one who does is answered what is so now', async () => {
  const page = slowPage('looked at')
  page.look()
  await ahead()
  expect(page.times()).toBe(1)
  await noteComputed(pool())
  await ahead()
  expect(page.times()).toBe(2)
  expect(await page.ask()).toEqual({ value: 2, at: null })
})
test('while nothing is computed nothing is asked for', async () => {
  let asked = 0
  noteLooked('counted', async () => [{ value: ++asked, at: null }])
  await ahead()
  await ahead()
  expect(asked).toBe(1)
  noteLooked('counted', async () => [{ value: ++asked, at: null }])
  await ahead()
  expect(asked).toBe(1)
})
test('what is still old after a round is asked for again, though nothing was computed since', async () => {
  const ages = [1, 1, null, null]
  noteLooked('old', async () => [{ value: 0, at: ages.shift() ?? null }])
  for (let round = 0; round < 4; round++) await ahead()
  expect(ages).toEqual([null])
})
test('a page that fails keeps none from being fresh', async () => {
  const page = slowPage('beside a failure')
  noteLooked('fails', () => Promise.reject(new Error('no')))
  page.look()
  await ahead()
  expect(page.times()).toBe(1)
})
test('only pages that were looked at last are kept fresh', async () => {
  const pages = Array.from({ length: 20 }, (_, at) => slowPage(`page ${at}`))
  for (const page of pages) page.look()
  await ahead()
  expect(pages.map(({ times }) => times())).toEqual(pages.map((_, at) => (at < 4 ? 0 : 1)))
})
