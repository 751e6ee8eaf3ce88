import { expect, test } from 'vitest'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { toEvent } from './to-event'

function creation(fields: JsonObject): ProcessCreation {
  const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
  if (result.kind !== 'event' || result.event.kind !== 'process-creation') throw new Error('no creation')
  return result.event
}

function reason(fields: JsonObject): string | null {
  const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
  return result.kind === 'rejection' ? result.rejection.reason : null
}

test('a process creation of Defender is one however many digits of its time are printed, unless nothing else tells it apart', () => {
  const base = {
    DeviceName: 'ws01',
    ProcessCommandLine: 'x',
    FileName: 'sc.exe',
    ProcessId: 7,
    ReportId: 9,
  }
  const keys = (more: JsonObject) =>
    ['2021-06-22T11:17:29.4301454Z', '2021-06-22T11:17:29.430Z', '2021-06-22T11:17:29Z'].map(
      (Timestamp) => creation({ ...base, ...more, Timestamp }).recordKey,
    )
  expect(new Set(keys({}))).toEqual(new Set(['defender:1624360649:9:7']))
  expect(new Set(keys({ ReportId: null })).size).toBe(1)
  expect(new Set(keys({ ReportId: null, ProcessId: null })).size).toBe(3)
})

test('a time of Defender is in UTC as Defender prints it, and not as people print it anew', () => {
  const source = (times: JsonObject) =>
    creation({ DeviceName: 'ws01', ActionType: 'ProcessCreated', FileName: 'sc.exe', ...times }).timeSource
  expect(source({ Timestamp: '2021-06-22T11:17:29.430Z' })).toBe('utc-time')
  expect(source({ TimeGenerated: '2021-06-22T11:17:29.430' })).toBe('utc-time')
  expect(source({ Timestamp: 'Jun 22, 2021 11:17:29 AM' })).toBe('zone-unknown')
  const cell = { '#text': '6/22/2021 11:17:29 AM', DateOrder: 'month-day' }
  expect(source({ Timestamp: cell })).toBe('zone-unknown')
  expect(source({ Timestamp: { ...cell, Zone: 'UTC' } })).toBe('utc-time')
})

test('a time of Log Analytics is in UTC as it prints it, and not as a spreadsheet does', () => {
  const row = { EventID: 4688, Computer: 'ws01', NewProcessName: 'C:\\a.exe', NewProcessId: '0x7' }
  const source = (TimeGenerated: JsonObject | string) => creation({ ...row, TimeGenerated }).timeSource
  expect(source('2021-06-22 11:17:29.430')).toBe('time-created')
  expect(source('22.06.2021 11:17')).toBe('zone-unknown')
  expect(source({ '#text': '2021-06-22 11:17:29', Zone: 'local' })).toBe('zone-unknown')
  // nothing shows that it is the sixth of March
  expect(source({ '#text': '3/6/2021 1:17 AM', DateOrder: 'unknown', Zone: 'UTC' })).toBe('zone-unknown')
})

test('a time of Sysmon is in UTC as Sysmon prints it, and not as people print it anew', () => {
  const row = { EventID: 1, Computer: 'ws01', Image: 'C:\\a.exe', CommandLine: 'a' }
  const of = (UtcTime: JsonObject | string) => creation({ ...row, UtcTime })
  expect(of('2018-03-06 02:15:47.123').timeSource).toBe('utc-time')
  expect(of({ '#text': '2018-03-06 02:15:47.123' }).timeSource).toBe('utc-time')
  const cell = { '#text': '06/03/2018 2:15:47 AM', DateOrder: 'unknown' }
  expect(of(cell).timeSource).toBe('zone-unknown')
  expect(of({ ...cell, DateOrder: 'day-month' }).timeSource).toBe('zone-unknown')
  expect(of({ ...cell, DateOrder: 'day-month', Zone: 'UTC' })).toMatchObject({
    timeSource: 'utc-time',
    time: { us: 1520302547000000 },
  })
})

test('a time in Sentinel’s information model is in UTC as it is in Log Analytics', () => {
  const row = { DvcHostname: 'ws01', EventType: 'ProcessCreated', TargetProcessName: 'C:\\a.exe' }
  const source = (TimeGenerated: string) => creation({ ...row, TimeGenerated }).timeSource
  expect(source('2021-06-22T11:17:29.430')).toBe('utc-time')
  expect(source('Jun 22, 2021 11:17:29 AM')).toBe('zone-unknown')
})

const UNREAD = 'mars 1, 2024 @ 08:15:39.571'
const CROWDSTRIKE = { event_simpleName: 'ProcessRollup2', ComputerName: 'ws01', ImageFileName: 'C:\\a.exe' }
const SENTINEL_ONE = { eventType: 'Process Creation', endpointName: 'ws01', tgtProcImagePath: 'C:\\a.exe' }
const FLAT = { EventID: 4688, Computer: 'ws01', NewProcessName: 'C:\\a.exe' }

test.each<[string, JsonObject]>([
  ['timestamp', { ...CROWDSTRIKE, timestamp: UNREAD }],
  ['eventTime', { ...SENTINEL_ONE, eventTime: UNREAD }],
  ['_time', { process_path: 'C:\\a.exe', process: 'a', dest: 'ws01', _time: UNREAD }],
  ['@timestamp', { '@timestamp': UNREAD, winlog: { event_id: 4688, computer_name: 'ws01' } }],
  [
    'TimeCreated',
    { Event: { System: { EventID: 4688, TimeCreated: { '#attributes': { SystemTime: UNREAD } } } } },
  ],
  ['TimeGenerated', { ...FLAT, Time: '15 min', TimeGenerated: UNREAD }],
])('a rejection shows what the field %s has in place of a time', (field, fields) => {
  expect(reason(fields)).toBe(`"${field}" is "${UNREAD}", which is no time that is read`)
})

test('a rejection blames no field that is not looked at', () => {
  expect(reason({ ...FLAT, Time: '15 min', timestamp: 'x' })).toBe('no TimeCreated in the record')
  expect(
    reason({ ...CROWDSTRIKE, timestamp: { '#text': '06/03/2018 10:15:47', DateOrder: 'unknown' } }),
  ).toMatch(/^nothing shows if "06\/03\/2018 10:15:47" has the day or the month first/)
})
