import { expect, test } from 'vitest'
import { takeBackWords } from './take-back-words'

const NOTHING = {
  executions: 0,
  processes: 0,
  events: 0,
  attempts: 0,
  handedOver: 0,
  hosts: 0,
  emptied: 0,
  emptiedNames: [],
  judged: 0,
  lost: [],
  whole: true,
  keptFrom: null,
}

test('what goes, what follows and what stays is said in numbers', () => {
  expect(
    takeBackWords({
      ...NOTHING,
      executions: 120,
      processes: 340,
      events: 1,
      hosts: 7,
      emptied: 6,
      emptiedNames: ['a', 'b', 'c', 'd', 'e'],
      judged: 1,
      handedOver: 2,
    }),
  ).toEqual([
    'What goes, with its original records: 340 process creations (120 executions of proxy binaries) and 1 other event.',
    '7 hosts are each computed anew, from the first day of which something goes.',
    'Nothing is left of 6 hosts (a, b, c, d, e and 1 more), which go too unless somebody grouped, merged or ruled on them.',
    '2 records that another import told as well stay, as theirs.',
    '1 deviation that people judged or wrote of may lose its hits and leave the queue; its page, what people wrote and what was ruled stay.',
  ])
})

test('what was computed of events that are no longer kept is said to stay', () => {
  expect(takeBackWords({ ...NOTHING, keptFrom: '2026-09-01' })).toEqual([
    expect.anything(),
    'Of days before 2026-09-01 events are no longer kept: what was computed of them stays as it is.',
  ])
})

test('where nothing goes, or not all is known, that is said', () => {
  expect(takeBackWords({ ...NOTHING, whole: false })).toEqual([
    'Nothing that is stored is its own: no event goes.',
    expect.stringMatching(/^It was read before Cordon noted/),
  ])
})
