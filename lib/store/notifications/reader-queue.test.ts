import { expect, test } from 'vitest'
import { type Deviating, lookAgain, type ReaderQueue } from './reader-queue'

const HOUR = 3_600_000_000
const [BEFORE, FROM, UNTIL] = [10 * HOUR, 20 * HOUR, 21 * HOUR]

const item = (id: string, more: Partial<Deviating> = {}): Deviating => ({
  id,
  binary: 'Mshta.exe',
  state: 'open',
  createdAt: BEFORE,
  judgedAt: null,
  scoreMillibits: 9000,
  settled: true,
  ...more,
})

function look(items: Deviating[], before: Partial<ReaderQueue> | null, isWhole = true) {
  const known = before && {
    shown: [],
    gone: [],
    hosts: null,
    leastMillibits: 4000,
    lookedAt: FROM,
    ...before,
  }
  const { arrived, after } = lookAgain({
    items,
    hosts: [1, 2],
    leastMillibits: 4000,
    before: known,
    span: { fromUs: FROM, untilUs: UNTIL },
    isWhole,
  })
  return { told: arrived.map(({ item: { id }, how }) => `${id} ${how}`), ...after }
}

test('what is new, rose, came back or was explained is told as that, and what was seen before is not', () => {
  const explained = item('5', { state: 'expected' })
  const items = [item('1', { createdAt: FROM + 1 }), item('2'), item('3'), item('4'), explained]
  const seen = look(items, { shown: ['2'], gone: ['3'] })
  expect(seen.told).toEqual(['1 new', '3 back', '4 risen', '5 again'])
  expect(seen).toMatchObject({ shown: ['1', '2', '3', '4', '5'], gone: [], hosts: [1, 2] })
  const { shown = [], gone = [] } = seen
  expect(look(items.slice(1), { shown, gone })).toMatchObject({
    told: [],
    shown: shown.slice(1),
    gone: ['1'],
  })
})

test('an item that was forgotten meanwhile and is found anew is back', () => {
  expect(look([item('1', { createdAt: FROM + 1 })], { gone: ['1'] }).told).toEqual(['1 back'])
})

test('who is looked at for the first time is told of nothing but what is new', () => {
  expect(look([item('1', { createdAt: FROM + 1 }), item('2')], null)).toMatchObject({
    told: ['1 new'],
    shown: ['1', '2'],
  })
})

test('what somebody judges is not told: flagged, malicious, or opened again', () => {
  const items = [
    item('1', { state: 'flagged' }),
    item('2', { state: 'malicious' }),
    item('3', { judgedAt: FROM + 1 }),
    item('4', { judgedAt: BEFORE }),
  ]
  expect(look(items, { gone: ['3', '4'] }).told).toEqual(['4 back'])
})

test('what is younger than the look, or explained and about to be computed anew, waits for the next', () => {
  const young = item('1', { createdAt: UNTIL + 1 })
  const unsettled = item('2', { state: 'authorised-test', settled: false })
  expect(look([young, unsettled], {})).toMatchObject({ told: [], shown: [], gone: [] })
})

test('while days of the past are computed anew only what is new is told, and nothing is taken for gone', () => {
  const items = [item('1', { createdAt: FROM + 1 }), item('2'), item('3')]
  expect(look(items, { shown: ['2', '4'], gone: ['3'], hosts: [1] }, false)).toMatchObject({
    told: ['1 new'],
    shown: ['2', '4', '1'],
    gone: ['3'],
    // what shows on others is still to be told
    hosts: [1],
  })
  // a first look at a part would take the rest for risen
  expect(look(items, null, false)).toEqual({ told: ['1 new'] })
})

test('what is shown because the threshold came down to it did not rise', () => {
  const items = [item('1'), item('2', { scoreMillibits: 5000 })]
  expect(look(items, { leastMillibits: 6000 })).toMatchObject({ told: ['1 risen'], shown: ['1', '2'] })
})
