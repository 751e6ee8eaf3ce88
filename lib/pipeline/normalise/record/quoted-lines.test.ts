import { expect, test } from 'vitest'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { toEvent } from './to-event'

const read = (fields: JsonObject) => {
  const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
  return result.kind === 'rejection' ? result.rejection : result.event
}

const CEF =
  'CEF:0|Microsoft|Sysmon||1|Process Create|Low|rt=1709280939571 dvchost=ws01 dproc=C:\\\\a.exe cs1=a.exe "<Event a><System>" cs1Label=CommandLine'
const TEXT =
  'Process Create:  UtcTime: 2024-03-01 08:15:39.564  ProcessGuid: {94f748d5-4e2b-5a9e-0000-00102b7b1510}  ProcessId: 5016  Image: C:\\a.exe  CommandLine: a.exe CEF:0|a|b|c|d|e|f|  CurrentDirectory: C:\\'
const SNARE = `MSWinEventLog\t1\tSystem\t9\tFri Mar 01 09:15:39 2024\t1\tMicrosoft-Windows-Sysmon\tN/A\tN/A\tInformation\tws01\tx\t\t${TEXT}\t7`

test.each([CEF, `<14>Mar  1 09:15:41 ws09 ${CEF}`, SNARE, `<14>Mar  1 09:15:41 ws09 ${SNARE}`])(
  'a line that a shipper passes on in a record of its own is read as itself, whatever it quotes: %s',
  (message) => {
    expect(read({ '@version': '1', message })).toMatchObject({
      kind: 'process-creation',
      sensor: message.includes('CEF:0|M') ? 'edr' : 'sysmon',
      host: 'ws01',
      image: 'C:\\a.exe',
      commandLine: expect.stringMatching(/^a\.exe ("<Event a><System>"|CEF:0\|a\|b\|c\|d\|e\|f\|)$/),
    })
  },
)

test('an event whose values cannot be told is counted where nothing of it is read', () => {
  const lost = (EventID: string) => ({
    EventID,
    SourceName: 'Microsoft-Windows-Security-Auditing',
    TimeGenerated: '2024-03-01 09:15:39',
    ComputerName: 'ws01',
    Strings: 'a|b',
  })
  expect(read(lost('4624'))).toMatchObject({ kind: 'other', sensor: 'security' })
  expect(read(lost('4688'))).toMatchObject({ reason: expect.stringContaining('wevtutil epl LOG FILE') })
})

test('a view of a process in an alert is told apart from the event, so that correlation makes one of them', () => {
  const processEvidence = {
    processId: 5016,
    processCreationDateTime: '2024-03-01T08:15:39.5641234Z',
    imageFile: { fileName: 'a.exe', filePath: 'C:\\' },
  }
  expect(read({ processEvidence, deviceDnsName: 'ws01' })).toMatchObject({
    sensor: 'edr',
    image: 'C:\\a.exe',
  })
})

test.each([
  ['rt', 'CEF:0|Microsoft|Sysmon||1|a|Low|rt=yesterday dproc=C:\\\\a.exe dvchost=ws01'],
  ['DateTime', 'MSWinEventLog\t1\tSecurity\t9\tyesterday\t4624\tSecurity\ta\tb\tc\tws01\td\t\te'],
])('a time that is not read is shown by its name in the line: %s', (name, message) => {
  expect(read({ message })).toMatchObject({
    reason: `"${name}" is "yesterday", which is no time that is read`,
  })
})

test('what other products send in the Common Event Format is counted', () => {
  const message = 'CEF:0|Vendor|Firewall|1|4688|drop|5|rt=1709280939571 dvchost=fw01 dproc=C:\\a.exe'
  expect(read({ message })).toMatchObject({ kind: 'other', sensor: null, host: 'fw01' })
})

test('a detection of Falcon as CEF is rejected with what to export instead, and its other events are counted', () => {
  const line = (name: string) => ({
    message: `CEF:0|CrowdStrike|FalconHost|1.0|${name}|x|5|rt=1709280939571 fname=a.exe`,
  })
  expect(read(line('DetectionSummaryEvent'))).toMatchObject({ reason: expect.stringContaining('as JSON') })
  expect(read(line('UserActivityAuditEvent'))).toMatchObject({ kind: 'other', sensor: 'crowdstrike' })
})
