import { expect, test } from 'vitest'
import { readEnvelope } from './hec'

test('an envelope gives its event, its host and its time in microseconds', () => {
  const event = { EventID: 1 }
  expect(readEnvelope({ event, host: ' ws-1 ', time: '1426279439.123', index: 'main', fields: {} })).toEqual({
    event,
    host: 'ws-1',
    timeUs: 1_426_279_439_123_000,
  })
  expect(readEnvelope({ event: '<Event/>' })).toEqual({ event: '<Event/>', host: null, timeUs: null })
  expect(readEnvelope({ event: [1], host: 7, time: 1_426_279_439_123 })).toEqual({
    event: '[1]',
    host: null,
    timeUs: 1_426_279_439_123_000,
  })
})

test.each([
  [{ host: 'ws-1' }, 12],
  [{ event: '' }, 13],
  [{ event: null }, 13],
  [{ event: {} }, 13],
])('%j is no envelope: code %i', (fields, code) => {
  expect(readEnvelope(fields)).toEqual({ code })
})

test.each(['', 'now', -1, 0, 1e30, true, null, {}])('a time of %j is none', (time) => {
  expect(readEnvelope({ event: 'x', time })).toMatchObject({ timeUs: null })
})
