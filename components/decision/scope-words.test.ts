import { describe, expect, test } from 'vitest'
import {
  chosenFirst,
  chosenWords,
  countWords,
  hostListWords,
  idsByName,
  moreWords,
  splitNames,
  withText,
} from './scope-words'

const HOSTS = ['pc-1', 'pc-2', 'pc-3', 'pc-4', 'pc-5', 'pc-6', 'pc-7'].map((name, id) => ({ id, name }))

describe('what stands beside a choice', () => {
  test('names a few, and says how many more there are', () => {
    expect(chosenWords(HOSTS, [1, 0])).toBe('pc-1, pc-2')
    expect(chosenWords(HOSTS, [0, 1, 2, 3, 4, 5, 6])).toBe('pc-1, pc-2, pc-3, pc-4, pc-5 and 2 more')
  })

  test('counts what has no name here', () => {
    expect(chosenWords(HOSTS, [6, 99])).toBe('pc-7 and 1 more')
    expect(chosenWords(HOSTS, [99])).toBe('')
  })
})

test('those chosen come first, and all keep their order', () => {
  expect(chosenFirst(HOSTS.slice(0, 4), [3, 1]).map(({ name }) => name)).toEqual([
    'pc-2',
    'pc-4',
    'pc-1',
    'pc-3',
  ])
})

test('a list of hosts says which ones it has, also where a name is not among them', () => {
  expect(hostListWords('certutil.exe', { choices: HOSTS, total: 7 })).toEqual({
    note: 'Hosts that used certutil.exe. A decision may name any host.',
    none: 'No host that used certutil.exe has that name.',
  })
  expect(hostListWords('certutil.exe', { choices: HOSTS, total: 90 })).toEqual({
    note: 'The 7 that used certutil.exe most, of 90 hosts. A decision may name any host.',
    none: 'None of the 7 hosts that used certutil.exe most has that name.',
  })
})

test('a place is found by any part of its name, and the list keeps its order', () => {
  expect(withText(HOSTS, ' PC-').length).toBe(7)
  expect(withText(HOSTS, 'c-3').map(({ name }) => name)).toEqual(['pc-3'])
  expect(withText(HOSTS, 'till')).toEqual([])
})

test('it says how many are chosen of how many, and which', () => {
  expect(countWords(HOSTS, [])).toBe('0 of 7 chosen.')
  expect(countWords(HOSTS, [1, 0])).toBe('2 of 7 chosen: pc-1, pc-2.')
  expect(countWords(HOSTS, [1, 99])).toBe('2 of 8 chosen: pc-2 and 1 more.')
})

test('a list that is cut short says so', () => {
  expect(moreWords(7, 7)).toBe('')
  expect(moreWords(8, 7)).toBe(' The first 7 of 8 are shown: type a part of the name.')
})

test('pasted names choose what they mean, and all that mean none are named', () => {
  const all = ['ws-1.corp.example', 'ws-2.corp.example', 'till.a.example', 'till.b.example'].map(
    (name, id) => ({ id, name }),
  )
  const pasted = splitNames('WS-1\tws-2.corp.example, till;\nghost-1 ghost-2 ws-1')
  expect(idsByName(all, pasted)).toEqual({ ids: [0, 1], unknown: ['till', 'ghost-1', 'ghost-2'] })
})
