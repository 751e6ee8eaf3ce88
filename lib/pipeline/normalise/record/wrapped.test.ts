import { expect, test } from 'vitest'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { toEvent } from './to-event'
import { recordOfText } from './wrapped'

test('a text of JSON is a record unless it is nested deeper than records may be, whatever brackets its own texts have', () => {
  const nested = (levels: number) => `{"EventID":1,"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
  expect(recordOfText(nested(63))).toMatchObject({ EventID: 1 })
  expect(recordOfText(nested(64))).toBeNull()
  expect(recordOfText(nested(200_000))).toBeNull()
  const script = JSON.stringify({ EventID: 4104, ScriptBlockText: '{[('.repeat(5000) })
  expect(recordOfText(script)).toEqual(JSON.parse(script))
})

const AT = '2024-03-01T08:15:39Z'
const XML =
  "<Event xmlns='x'><System><Provider Name='{P} \"{'/><EventID>1</EventID></System><EventData><Data Name='Note'>{ \"a</Data></EventData></Event>"
const JSON_TEXT = '{"EventID":1,"Note":"<Event ><System>"}'
const HEADERS = [
  '<13>Mar  1 08:15:39 host ',
  'Mar  1 08:15:39 host nx: ',
  '2024-03-01 08:15:39 host ',
  '<14>',
]

test.each([XML, JSON_TEXT])(
  '%s is the same record behind any header, and before what programs write behind it',
  (text) => {
    const record = recordOfText(text)
    expect(record).not.toBeNull()
    for (const header of HEADERS) expect(recordOfText(`${header}${text}`)).toEqual(record)
    for (const end of ['\0', '\r\n', ' \n\0']) expect(recordOfText(`${text}${end}`)).toEqual(record)
  },
)

test('one event in a list is that event, of several none is', () => {
  expect(recordOfText(`<?xml version="1.0"?>\n<Events>${XML}</Events>`)).toEqual(recordOfText(XML))
  expect(recordOfText(`<Events>${XML}${XML}</Events>`)).toBeNull()
  expect(recordOfText(`${JSON_TEXT},`)).toEqual(JSON.parse(JSON_TEXT))
})

test('what a text quotes without a header is not its record', () => {
  for (const text of [XML, JSON_TEXT]) expect(recordOfText(`somebody wrote: ${text}`)).toBeNull()
})

test('a process that a sensor reports is its own, whatever a text in the record says', () => {
  const other = JSON.stringify({
    EventID: 4688,
    Computer: 'ws99',
    NewProcessName: 'C:\\b.exe',
    TimeCreated: AT,
  })
  const hostOf = (fields: JsonObject) => {
    const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
    return result.kind === 'event' ? result.event.host : result.rejection.reason
  }
  const process = { event_simpleName: 'ProcessRollup2', ComputerName: 'ws01', ImageFileName: 'C:\\a.exe' }
  expect(hostOf({ ...process, timestamp: AT, message: other })).toBe('ws01')
  // what a forwarder says of itself
  const relay = { '@timestamp': AT, event: { kind: 'event' }, process: { name: 'rsyslogd' }, message: other }
  expect(hostOf({ ...relay, host: { name: 'relay' } })).toBe('ws99')
  expect(hostOf({ event_type: 'log', timestamp: 'now', message: other })).toBe('ws99')
})

test('an event in a text comes before columns that somebody might have selected, and so does what another program calls a process', () => {
  const columns = { Image: 'C:\\b.exe', CommandLine: 'b', ParentImage: 'C:\\c.exe' }
  const event = { EventID: 1, UtcTime: AT, Computer: 'ws01', Image: 'C:\\a.exe', CommandLine: 'a' }
  const model = { _time: AT, dest: 'ws01', process_name: 'a.exe', process: 'a', process_path: 'C:\\a.exe' }
  for (const fields of [
    { ...columns, message: JSON.stringify(event) },
    { ...columns, ...model },
  ])
    expect(toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })).toMatchObject({
      event: { host: 'ws01', image: 'C:\\a.exe' },
    })
  const selected = { position: 1, recordId: null, fields: { ...columns, UtcTime: AT } }
  expect(toEvent(selected, { defaultHost: 'ws01' })).toMatchObject({ event: { image: 'C:\\b.exe' } })
})

test('a field that Wazuh has too leaves another program its event', () => {
  const of = { full_log: 'x', provider_name: 'Microsoft-Windows-Sysmon', event_id: 1, computer: 'ws01' }
  const fields = { ...of, timestamp: AT, event_data: { UtcTime: AT, Image: 'C:\\a.exe' } }
  expect(toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })).toMatchObject({
    event: { kind: 'process-creation', host: 'ws01' },
  })
})
