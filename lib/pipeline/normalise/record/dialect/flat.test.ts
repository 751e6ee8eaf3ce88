import { expect, test } from 'vitest'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { liftFlat } from './flat'

test('a field source names no host, unless it is Graylog that has the host there', () => {
  const computer = (source: string, more: JsonObject = {}) =>
    liftFlat({ EventID: 4688, timestamp: '2024-03-01T08:15:39Z', message: 'x', source, ...more })?.computer
  expect(computer('WinEventLog:Security')).toBeNull()
  expect(computer('relay')).toBeNull()
  expect(computer('ws07', { streams: ['000000000000000000000001'] })).toBe('ws07')
  expect(computer('C:\\logs\\a.json', { gl2_message_id: '01HR' })).toBeNull()
  expect(computer('relay', { gl2_source_input: '65e1', Hostname: ' ws07 ' })).toBe('ws07')
})
