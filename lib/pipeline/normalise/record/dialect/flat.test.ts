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

test('a parameter that is empty keeps its place, however it is printed', () => {
  const values = ['S-1-5-18', '', 'EXAMPLE', '0x3e7', '0x1398', 'C:\\a.exe', '%%1936', '0x20c8', 'a']
  for (const empty of ['<Param></Param>', '<Param/>', '<Param />']) {
    const printed = values.map((value) => (value === '' ? empty : `<Param>${value}</Param>`)).join('')
    const source = 'Microsoft-Windows-Security-Auditing'
    const record = liftFlat({ EventID: 4688, EventLog: 'Security', Source: source, ParameterXml: printed })
    expect(record?.data).toMatchObject({
      NewProcessId: '0x1398',
      NewProcessName: 'C:\\a.exe',
      CommandLine: 'a',
    })
  }
})
