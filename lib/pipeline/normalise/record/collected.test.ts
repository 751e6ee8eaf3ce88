import { describe, expect, test } from 'vitest'
import type { CordonEvent } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { parseText } from '@/lib/pipeline/parse/parse-text'
import { toEvent } from './to-event'

const SYSMON = 'Microsoft-Windows-Sysmon'
const CHANNEL = `${SYSMON}/Operational`
const HOST = 'WS01.corp.example'
const CREATED = '2024-03-01T08:15:39.5704821Z'
/** Sysmon 1 of version 15, in its order. */
const CREATION = {
  RuleName: '-',
  UtcTime: '2024-03-01 08:15:39.564',
  ProcessGuid: '{5f1a4b6c-8a7b-65e1-1203-000000001a00}',
  ProcessId: '4824',
  Image: 'C:\\Windows\\System32\\rundll32.exe',
  FileVersion: '10.0.19041.1 (WinBuild.160101.0800)',
  Description: 'Windows host process (Rundll32)',
  Product: 'Microsoft® Windows® Operating System',
  Company: 'Microsoft Corporation',
  OriginalFileName: 'RUNDLL32.EXE',
  CommandLine: '"C:\\Windows\\System32\\rundll32.exe" \\\\files\\share\\a.dll,Run "x & <y>" \\"z\\"',
  CurrentDirectory: 'C:\\Users\\ann\\',
  User: 'CORP\\ann',
  LogonGuid: '{5f1a4b6c-7a7b-65e1-7f19-030000000000}',
  LogonId: '0x3197f',
  TerminalSessionId: '1',
  IntegrityLevel: 'Medium',
  Hashes: 'MD5=EF3179D498793BF4234F708D3BE28633,IMPHASH=F27A7FC3A53E74F45BE370131953896A',
  ParentProcessGuid: '{5f1a4b6c-8a70-65e1-0f03-000000001a00}',
  ParentProcessId: '2212',
  ParentImage: 'C:\\Windows\\explorer.exe',
  ParentCommandLine: 'C:\\Windows\\Explorer.EXE',
  ParentUser: 'CORP\\ann',
}
const NAMED = Object.entries(CREATION)
const VALUES = Object.values(CREATION)

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const DATA_XML = NAMED.map(([name, value]) => `<Data Name='${name}'>${escapeXml(value)}</Data>`).join('')
const XML = `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${SYSMON}'/><EventID>1</EventID><TimeCreated SystemTime='${CREATED}'/><EventRecordID>77</EventRecordID><Channel>${CHANNEL}</Channel><Computer>${HOST}</Computer></System><EventData>${DATA_XML}</EventData></Event>`

/** Wazuh escapes once more than JSON does. */
function wazuhValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}

const WAZUH = {
  timestamp: '2024-03-01T08:15:41.012+0000',
  rule: { level: 3, description: 'Rundll32 ran' },
  agent: { id: '006', name: 'collector', ip: '10.0.2.15' },
  decoder: { name: 'windows_eventchannel' },
  data: {
    win: {
      system: {
        providerName: SYSMON,
        eventID: '1',
        systemTime: CREATED,
        eventRecordID: '77',
        processID: '3056',
        channel: CHANNEL,
        computer: HOST,
        message: '"Process Create:"',
      },
      eventdata: Object.fromEntries(
        NAMED.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), wazuhValue(value)]),
      ),
    },
  },
}
const ECMD = {
  RecordNumber: 77,
  EventRecordId: '77',
  TimeCreated: '2024-03-01T08:15:39.5704821+00:00',
  EventId: 1,
  Level: 'Info',
  Provider: SYSMON,
  Channel: CHANNEL,
  ProcessId: 3056,
  ThreadId: 4120,
  Computer: HOST,
  UserId: 'S-1-5-18',
  MapDescription: 'Process creation',
  SourceFile: 'C:\\KAPE\\Microsoft-Windows-Sysmon%4Operational.evtx',
  Payload: JSON.stringify({
    EventData: { Data: NAMED.map(([name, value]) => ({ '@Name': name, '#text': value })) },
  }),
}
const FLUENT_BIT = {
  ProviderName: SYSMON,
  Qualifiers: '',
  EventID: 1,
  TimeCreated: '2024-03-01 09:15:39 +0100',
  EventRecordID: 77,
  ProcessID: 3056,
  ThreadID: 4120,
  Channel: CHANNEL,
  Computer: HOST,
  UserID: 'NT AUTHORITY\\SYSTEM',
  Message: 'Process Create:',
  StringInserts: VALUES,
}
const { StringInserts: _, ...FLUENT_NAMED } = { ...FLUENT_BIT, EventData: CREATION }
const FLUENTD = { ...FLUENT_NAMED, EventID: '1', Description: 'Process Create:', EventData: VALUES }
const ALLOY = {
  source: SYSMON,
  channel: CHANNEL,
  computer: HOST,
  event_id: 1,
  levelText: 'Information',
  timeCreated: CREATED,
  eventRecordID: 77,
  execution: { processId: 3056, threadId: 4120, processName: 'Sysmon64.exe' },
  event_data: DATA_XML,
  message: 'Process Create:',
}
const OTEL = {
  channel: CHANNEL,
  computer: HOST,
  event_id: { id: 1, qualifiers: 0 },
  provider: { name: SYSMON, guid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}', event_source: '' },
  record_id: 77,
  system_time: CREATED,
  event_data: CREATION,
  message: 'Process Create:',
}
const PLASO = {
  __container_type__: 'event',
  data_type: 'windows:evtx:record',
  computer_name: HOST,
  event_identifier: 1,
  source_name: SYSMON,
  strings: VALUES,
  timestamp: 1709280939570482,
  xml_string: XML,
}

function csv(row: Record<string, string | number>): string {
  const cells = Object.values(row).map((cell) => `"${String(cell).replaceAll('"', '""')}"`)
  return `${Object.keys(row).join(',')}\r\n${cells.join(',')}\r\n`
}

const EXPORT_CSV = {
  Message: `Process Create:\r\n${NAMED.map(([name, value]) => `${name}: ${value}`).join('\r\n')}`,
  Id: 1,
  Version: 5,
  RecordId: 77,
  ProviderName: SYSMON,
  LogName: CHANNEL,
  MachineName: HOST,
  TimeCreated: '3/1/2024 9:15:39 AM',
  Properties: 'System.Collections.Generic.List`1[System.Diagnostics.Eventing.Reader.EventProperty]',
}
const OSQUERY = {
  name: 'pack_windows_events',
  hostIdentifier: '0b2f2f9e-7b1d-4c0a-9d3e-1d5a2f0c9f10',
  unixTime: 1709280950,
  action: 'added',
  columns: {
    time: '1709280940',
    datetime: CREATED,
    source: CHANNEL,
    provider_name: SYSMON,
    computer_name: HOST,
    eventid: '1',
    data: JSON.stringify({ EventData: CREATION }),
  },
}

const VECTOR = {
  timestamp: '2024-03-01T08:15:39.570482Z',
  source_type: 'windows_event_log',
  event_id: 1,
  channel: CHANNEL,
  provider_name: SYSMON,
  computer: HOST,
  record_id: 77,
  level: 'Information',
  message: 'Process Create',
  event_data: CREATION,
}

async function onlyEvent(text: string): Promise<CordonEvent> {
  const [item, ...more] = await parseText(text)
  if (item?.kind !== 'record' || more.length > 0) throw new Error(JSON.stringify([item, ...more]))
  const result = toEvent(item.record, { defaultHost: null })
  if (result.kind === 'rejection') throw new Error(result.rejection.reason)
  return result.event
}

const RENDERINGS: Readonly<Record<string, string>> = {
  'Wazuh (alerts.json, archives.json)': JSON.stringify(WAZUH),
  'Wazuh, searched in its index': JSON.stringify({ _index: 'wazuh-alerts-4.x', _source: WAZUH }),
  'EvtxECmd (KAPE), JSON': JSON.stringify(ECMD),
  'EvtxECmd (KAPE), CSV': csv({ ...ECMD, TimeCreated: '2024-03-01 08:15:39.5704821' }),
  'PowerShell 5 (Export-Csv)': `#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n${csv(EXPORT_CSV)}`,
  'PowerShell 7 (Export-Csv)': csv(EXPORT_CSV),
  'Plaso (json_line)': JSON.stringify(PLASO),
  'Fluent Bit (winevtlog), values': JSON.stringify(FLUENT_BIT),
  'Fluent Bit (winevtlog), names': JSON.stringify(FLUENT_NAMED),
  'Fluentd (windows_eventlog2)': JSON.stringify(FLUENTD),
  'Grafana Alloy, Promtail': JSON.stringify(ALLOY),
  'osquery (windows_events)': JSON.stringify(OSQUERY),
  'Vector (windows_event_log)': JSON.stringify(VECTOR),
  'OpenTelemetry Collector': JSON.stringify(OTEL),
  'OpenTelemetry Collector, older': JSON.stringify({
    ...OTEL,
    event_data: { data: NAMED.map(([name, value]) => ({ [name]: value })) },
  }),
  'OpenTelemetry Collector, by its Elasticsearch exporter': JSON.stringify({
    '@timestamp': CREATED,
    body: { structured: OTEL },
  }),
}

describe('a process creation of Sysmon is the same event as in XML', () => {
  test.each(Object.entries(RENDERINGS))('by %s', async (_, text) => {
    const { position: __, recordId, ...expected } = await onlyEvent(XML)
    const event = await onlyEvent(text)
    expect(event).toMatchObject(expected)
    // osquery leaves it out
    expect([recordId, null]).toContain(event.recordId)
  })
})

test('values without names that do not fit their layout are read from the text instead', async () => {
  const text = NAMED.map(([name, value]) => `${name}: ${value}`).join('\r\n')
  // one that was empty and left out: as many as a version without ParentUser has
  const [, ...values] = VALUES
  const shifted = { ...FLUENT_BIT, StringInserts: values, Message: `Process Create:\r\n${text}` }
  const { position: _, ...expected } = await onlyEvent(XML)
  expect(await onlyEvent(JSON.stringify(shifted))).toMatchObject(expected)
})

test('what Wazuh did not escape stays as it is', async () => {
  const plain = { ...WAZUH.data.win.eventdata, commandLine: 'rundll32 C:\\a.dll,b', image: CREATION.Image }
  const record = { ...WAZUH, data: { win: { ...WAZUH.data.win, eventdata: plain } } }
  expect(await onlyEvent(JSON.stringify(record))).toMatchObject({ commandLine: 'rundll32 C:\\a.dll,b' })
})

test('an AppLocker event keeps its fields, which the log has in an element of its own', async () => {
  const fields = { PolicyName: 'EXE', FilePath: '%SYSTEM32%\\MSHTA.EXE', TargetUser: 'S-1-5-18' }
  const system = {
    providerName: 'Microsoft-Windows-AppLocker',
    eventID: '8004',
    systemTime: CREATED,
    computer: HOST,
  }
  const wazuh: JsonObject = {
    data: {
      win: {
        system: { ...system, channel: 'Microsoft-Windows-AppLocker/EXE and DLL' },
        ruleAndFileData: { policyName: 'EXE', filePath: '%SYSTEM32%\\\\MSHTA.EXE', targetUser: 'S-1-5-18' },
      },
    },
  }
  const ecmd = {
    ...ECMD,
    EventId: 8004,
    Provider: 'Microsoft-Windows-AppLocker',
    Channel: 'Microsoft-Windows-AppLocker/EXE and DLL',
    Payload: JSON.stringify({ UserData: { RuleAndFileData: { '@xmlns': 'urn:x', ...fields } } }),
  }
  const { position: _, ...expected } = await onlyEvent(JSON.stringify(ecmd))
  expect(expected).toMatchObject({ kind: 'attempt', outcome: 'blocked' })
  expect(await onlyEvent(JSON.stringify(wazuh))).toMatchObject({ ...expected, recordId: null })
})
