import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, RawRecord } from '@/lib/pipeline/event/raw-record'
import { toEvent } from './to-event'

function record(fields: JsonObject): RawRecord {
  return { position: 7, recordId: null, fields }
}

function creation(fields: JsonObject, defaultHost: string | null = null) {
  const result = toEvent(record(fields), { defaultHost })
  if (result.kind === 'rejection') throw new Error(result.rejection.reason)
  if (result.event.kind !== 'process-creation') throw new Error(result.event.kind)
  return result.event
}

function reason(fields: JsonObject): string | null {
  const result = toEvent(record(fields), { defaultHost: null })
  return result.kind === 'rejection' ? result.rejection.reason : null
}

const SYSMON = {
  EventID: 1,
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Hostname: ' WS01 ',
  TimeCreated: '2024-03-01 01:15:39.570',
  UtcTime: '2024-03-01 08:15:39.564',
  Image: 'C:\\a.exe',
}
const SECURITY = {
  EventID: '4688',
  Channel: 'security',
  Computer: 'WS01',
  TimeCreated: '2024-03-01T08:15:39.1234567Z',
  NewProcessName: 'C:\\A.exe',
  NewProcessId: '0x10',
  ProcessId: '0x20',
}

describe('a process creation', () => {
  test('is dated by its own UTC before the creation time that an exporter may have shifted', () => {
    expect(creation(SYSMON)).toMatchObject({
      time: { us: 1709280939564000, tick: 0 },
      timeSource: 'utc-time',
    })
    expect(creation({ ...SYSMON, UtcTime: '30:32.4' })).toMatchObject({ timeSource: 'zone-unknown' })
  })

  test('keeps the 100 ns of its time', () => {
    expect(creation(SECURITY).time).toEqual({ us: 1709280939123456, tick: 7 })
  })

  test('is dated in UTC where two receipts prove the zone of nxlog', () => {
    const nxlog = { ...SECURITY, EventTime: '2024-03-01 03:15:39', EventReceivedTime: '2024-03-01 03:15:40' }
    const repaired = creation({ ...nxlog, '@timestamp': '2024-03-01T08:15:42Z' })
    expect(repaired).toMatchObject({ time: { us: 1709280939000000 }, timeSource: 'repaired' })
    const unproven = creation({ ...nxlog, '@timestamp': '2024-03-01T09:22:42Z' })
    expect(unproven).toMatchObject({ time: { us: 1709262939000000 }, timeSource: 'zone-unknown' })
  })

  test('of 4688 has the creator as its parent', () => {
    expect(creation(SECURITY)).toMatchObject({ pid: 16, parentPid: 32 })
  })

  test('has the default host only where the record names none', () => {
    expect(creation(SYSMON, 'OTHER').host).toBe('WS01')
    expect(creation({ ...SYSMON, Hostname: '-' }, 'OTHER').host).toBe('OTHER')
  })

  test('has an identity that its host is no part of', () => {
    expect(creation({ ...SECURITY, Computer: 'X' }).recordKey).toBe(creation(SECURITY).recordKey)
    expect(creation(SECURITY).recordKey).toBe('security:16:32:c:\\a.exe:1709280939')
    expect(creation(SYSMON).recordKey).toBe('sysmon:null:c:\\a.exe:1709280939564000')
    const guid = { ProcessGuid: '{94F748D5-4E2B-5A9E-0000-00102B7B1510}' }
    expect(creation({ ...SYSMON, ...guid }).recordKey).toBe('sysmon:94f748d5-4e2b-5a9e-0000-00102b7b1510')
  })

  test('has single percent signs only where all were doubled, and only in Sysmon’s command line', () => {
    const line = (fields: JsonObject) => creation({ ...SYSMON, ...fields }).commandLine
    expect(line({ CommandLine: 'echo %%TEMP%%' })).toBe('echo %TEMP%')
    expect(line({ CommandLine: 'echo %%TEMP%% %x' })).toBe('echo %%TEMP%% %x')
    expect(creation({ ...SYSMON, ParentCommandLine: '%%i' }).parentCommandLine).toBe('%%i')
    expect(creation({ ...SECURITY, CommandLine: '%%i' }).commandLine).toBe('%%i')
  })

  test('has HTML unescaped only where nxlog escaped all of it', () => {
    const line = (text: string) =>
      creation({ ...SECURITY, EventTime: SECURITY.TimeCreated, CommandLine: text }).commandLine
    expect(line('a &gt;nul 2&gt;&amp;1 "&amp;lt;"')).toBe('a >nul 2>&1 "&lt;"')
    expect(line('a &amp; b > c')).toBe('a &amp; b > c')
    expect(line('a &amp; b & c')).toBe('a &amp; b & c')
    expect(creation({ ...SECURITY, CommandLine: '&amp;' }).commandLine).toBe('&amp;')
  })

  test('has no NUL in its texts', () => {
    expect(creation({ ...SYSMON, CommandLine: 'a\0b' }).commandLine).toBe('a\u2400b')
  })

  test('keeps spaces, quotes, line breaks and odd characters of its command line', () => {
    for (const text of ['certutil  -f ', ' -c -s 0', '"a\\\\b', 'a\n\nb', 'Ann\u202egepj.exe', '/f\u001b[D'])
      expect(creation({ ...SYSMON, CommandLine: text }).commandLine).toBe(text)
  })

  test('of Defender has its path whole, whichever columns hold it', () => {
    const base = {
      Timestamp: '2021-06-22 11:17:29.430145400+00:00',
      DeviceName: 'ws01',
      ProcessCommandLine: 'x',
      FileName: 'Sc.exe',
    }
    const image = (FolderPath: string | null) => creation({ ...base, FolderPath }).image
    expect(image('C:\\Windows\\System32\\sc.exe')).toBe('C:\\Windows\\System32\\sc.exe')
    expect(image('C:\\Windows\\System32')).toBe('C:\\Windows\\System32\\Sc.exe')
    expect(image('C:\\')).toBe('C:\\Sc.exe')
    expect(image('/usr/bin')).toBe('/usr/bin/Sc.exe')
    expect(image(null)).toBe('Sc.exe')
    expect(creation({ ...base, FolderPath: null }).time).toEqual({ us: 1624360649430145, tick: 4 })
  })
})

describe('a record is rejected that', () => {
  test.each<[string, JsonObject, string]>([
    [
      'names no host',
      { ...SYSMON, Hostname: '' },
      'no host in the record: give one (Host name on the Imports page, --host NAME on the command line, or host=NAME in the address of an upload)',
    ],
    ['names no image', { ...SECURITY, NewProcessName: '-' }, 'no NewProcessName in the record'],
    ['has no time', { ...SYSMON, UtcTime: '', TimeCreated: '' }, 'no UtcTime or TimeCreated in the record'],
    [
      'has a time that cannot be read',
      { ...SECURITY, TimeCreated: 'a while ago' },
      '"TimeCreated" is "a while ago", which is no time that is read',
    ],
    [
      'has a time of which nothing shows the day',
      { ...SECURITY, TimeCreated: '06/03/2018 08:15:39' },
      'nothing shows if "06/03/2018 08:15:39" has the day or the month first: export the log as XML or EVTX, or times as 2024-03-01T08:15:39Z',
    ],
    [
      'is no event',
      { hello: 'world' },
      'no event id in the record, and no other shape that is known here: it has hello. README.md lists what is read ("What it reads")',
    ],
  ])('%s', (_, fields, expected) => {
    expect(reason(fields)).toBe(expected)
  })
})

test('the collector is never taken for the host', () => {
  const data = { NewProcessName: 'C:\\a.exe' }
  const collector = {
    host: { name: 'collector' },
    agent: { hostname: 'collector' },
    beat: { hostname: 'collector' },
  }
  const time = { '@timestamp': '2024-03-01T08:15:39Z' }
  const winlog = { event_id: 4688, channel: 'Security', computer_name: 'ws01', event_data: data }
  expect(creation({ ...collector, ...time, winlog }).host).toBe('ws01')
  const old = { event_id: 4688, log_name: 'Security', computer_name: 'ws01', event_data: data }
  expect(creation({ ...collector, ...time, ...old }).host).toBe('ws01')
  expect(creation({ ...SECURITY, host: 'collector' }).host).toBe('WS01')
})

test.each([
  ['Microsoft-Windows-Sysmon', 3, 'network-connection'],
  ['Microsoft-Windows-Sysmon', 5, 'process-end'],
  ['Microsoft-Windows-Sysmon', 7, 'module-load'],
  ['Microsoft-Windows-Sysmon', 11, 'file-create'],
  ['Microsoft-Windows-Sysmon', 22, 'dns-query'],
  ['Microsoft-Windows-Sysmon', 10, 'other'],
  ['Microsoft-Windows-Security-Auditing', 4689, 'process-end'],
  ['Microsoft-Windows-Security-Auditing', 5157, 'network-connection'],
  ['Microsoft-Windows-Security-Auditing', 1, 'other'],
  ['Microsoft-Windows-AppLocker', 8004, 'attempt'],
  ['Microsoft-Windows-AppLocker', 8001, 'policy-state'],
  ['Microsoft-Windows-AppLocker', 8000, 'other'],
  ['Microsoft-Windows-CodeIntegrity', 3076, 'attempt'],
  ['Microsoft-Windows-CodeIntegrity', 3089, 'control-event'],
  ['Microsoft-Windows-CodeIntegrity', 3099, 'policy-state'],
  ['Microsoft-Windows-Windows Defender', 1121, 'attempt'],
  ['Microsoft-Windows-Windows Defender', 1116, 'other'],
  ['Microsoft-Windows-WMI-Activity', 1, 'other'],
])('%s %i is %s', (provider, eventId, kind) => {
  const fields = {
    ImageLoaded: 'C:\\a.dll',
    QueryName: 'example.com',
    FilePath: 'C:\\a.exe',
    Path: 'C:\\a.exe',
  }
  const result = toEvent(
    record({ EventID: eventId, SourceName: provider, TimeCreated: SYSMON.TimeCreated, ...fields }),
    { defaultHost: null },
  )
  expect(result).toMatchObject({ kind: 'event', event: { kind, host: null } })
})

test.each([
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 10],
  [0, 7],
  [1, 8],
  [2, 9],
])('records %i and %i of process-events.ndjson, which two programs rendered, are one event', (a, b) => {
  const lines = readFileSync('fixtures/json/process-events.ndjson', 'utf8').split('\n')
  const key = (index: number) => {
    const result = toEvent(record(JSON.parse(lines[index] ?? '{}')), { defaultHost: null })
    return result.kind === 'event' && 'recordKey' in result.event ? result.event.recordKey : result
  }
  expect(key(b)).toBe(key(a))
})

test('no record makes it throw, whatever its fields hold', () => {
  const names = [
    'EventID',
    'Event',
    'System',
    'EventData',
    'winlog',
    'event',
    'event_data',
    'event_id',
    'computer_name',
    'Timestamp',
    'DeviceName',
    'FileName',
    'process',
    'properties',
    'category',
    '_source',
    'UtcTime',
    'Image',
    'NewProcessName',
    'Hashes',
    'ProcessId',
    'TimeCreated',
    'EventTime',
    '@timestamp',
    'EventCode',
    'Event ID',
    'Message',
    '_raw',
    'Id',
    'ProviderName',
    'Properties',
    'ID',
    'event_simpleName',
    'columns',
    'pid',
    'path',
    'cmdline',
    'PPID',
    'PID',
    'Name',
    'CallChain',
    'event_type',
    'timestamp',
    'process_name',
    'process_path',
    '_time',
    '__proto__',
    'constructor',
  ]
  const value = fc.oneof(
    fc.constantFrom(
      1,
      '1',
      '4688',
      4688,
      '-',
      '2024-03-01 08:15:39',
      '0x10',
      'x <- y',
      '<Event><System><EventID>1</EventID></System></Event>',
      null,
    ),
    fc.jsonValue(),
  )
  const fields = fc.dictionary(fc.constantFrom(...names), value)
  fc.assert(
    fc.property(fields, fields, (outer, inner) => {
      const nested = { ...outer, Event: { System: inner, EventData: outer }, winlog: inner }
      for (const candidate of [outer, inner, nested])
        toEvent(record(candidate as JsonObject), { defaultHost: null })
    }),
    { numRuns: 1000 },
  )
})
