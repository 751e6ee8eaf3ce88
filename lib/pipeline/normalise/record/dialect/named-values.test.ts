import { expect, test } from 'vitest'
import type { JsonValue } from '@/lib/pipeline/event/raw-record'
import { toEvent } from '../to-event'

/** AppLocker's 8004 as PowerShell prints it: values without their names. */
function read(values: JsonValue[]) {
  const fields = {
    Id: 8004,
    ProviderName: 'Microsoft-Windows-AppLocker',
    LogName: 'Microsoft-Windows-AppLocker/EXE and DLL',
    MachineName: 'ws01.example.com',
    RecordId: 29,
    TimeCreated: '2024-03-01T08:15:40.1234567Z',
    Message: '%SYSTEM32%\\MSHTA.EXE was prevented from running.',
    Properties: values.map((Value) => ({ Value })),
  }
  const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
  return result.kind === 'rejection' ? result : result.event
}

test.each([
  'S-1-5-21-1843927605-2750193846-3391857204-1104',
  // of a packaged program's container
  'S-1-15-3-1024-1430448594-2639229838-973813799-439329657-1197984847-4069167804-1277922394-99',
])(
  'what AppLocker prints by place alone has its user, before and since Windows tells whole paths: %s',
  (sid) => {
    const rule = [3, 'EXE', '{a61c8b2c-a319-4cd0-9690-d2177cad7b51}', 1, '-', 1, '-']
    const before = [...rule, sid, 7092, 20, '%SYSTEM32%\\MSHTA.EXE', 0, '', 1, '-']
    const since = [...before, '0x72d47', 29, 'C:\\Windows\\System32\\mshta.exe']
    const common = { kind: 'attempt', outcome: 'blocked', userSid: sid, pid: 7092, policyName: 'EXE' }
    expect(read(before)).toMatchObject({ ...common, filePath: '%SYSTEM32%\\MSHTA.EXE' })
    expect(read(since)).toMatchObject({ ...common, filePath: 'C:\\Windows\\System32\\mshta.exe' })
  },
)
