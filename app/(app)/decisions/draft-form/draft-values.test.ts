import { expect, test } from 'vitest'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import { type DraftValues, placesOf, placesWords } from './draft-values'

const GROUPS = ['Kiosks', 'Tills', 'Servers'].map((name, id) => ({ id, name }))
const form = (said: Partial<DraftValues>): DraftValues => ({
  verdict: null,
  effect: null,
  control: null,
  scopeKind: 'fleet',
  groupIds: [],
  hostNames: '',
  exceptions: [],
  rings: ONE_RING,
  justification: '',
  ownerId: '',
  reviewOn: '',
  expiresOn: '',
  ticket: '',
  ...said,
})

test('what is known follows the places that the form says', () => {
  expect(placesOf(form({ scopeKind: 'groups', groupIds: [2, 0] }))).toEqual({ kind: 'groups', ids: [2, 0] })
  expect(placesOf(form({ scopeKind: 'hosts', hostNames: 'ws-1, ws-2\nws-3;' }))).toEqual({
    kind: 'hosts',
    names: ['ws-1', 'ws-2', 'ws-3'],
  })
  // what was said of another kind stays in the form, and says nothing
  expect(placesOf(form({ groupIds: [2], hostNames: 'ws-1' }))).toEqual({ kind: 'fleet' })
})

test('until places are said it is of all hosts in sight, and says so', () => {
  expect(placesOf(form({ scopeKind: 'groups' }))).toEqual({ kind: 'fleet' })
  expect(placesOf(form({ scopeKind: 'hosts', hostNames: ' , ' }))).toEqual({ kind: 'fleet' })
  const words = (said: Partial<DraftValues>) => placesWords(form(said), GROUPS)
  expect(words({})).toBe('On all hosts that you see.')
  expect(words({ scopeKind: 'groups' })).toBe('On all hosts that you see, until host groups are chosen.')
  expect(words({ scopeKind: 'hosts' })).toBe('On all hosts that you see, until hosts are named.')
  expect(words({ scopeKind: 'groups', groupIds: [2, 0] })).toBe('On the hosts of Kiosks, Servers.')
  expect(words({ scopeKind: 'hosts', hostNames: 'a b c d e f g' })).toBe('On a, b, c, d, e and 2 more.')
})
