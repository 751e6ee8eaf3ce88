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

const snare = (id: string, source: string, text: string) => ({
  message: `MSWinEventLog\t1\tSecurity\t9\tFri Mar 01 09:15:39 2024\t${id}\t${source}\tb\tN/A\tS\tws01\tp\t\t${text}\t7`,
})
/** As Windows before 10 prints it: without a target, a mandatory label and the creator's name. */
const OLDER =
  'A new process has been created.  Subject:  Security ID:  S-1-5-18  Account Name:  bob  Account Domain:  CORP  Logon ID:  0x3E7  Process Information:  New Process ID:  0x1398  New Process Name: '
const older = (image: string, commandLine: string) =>
  snare(
    '4688',
    'Microsoft-Windows-Security-Auditing',
    `${OLDER}${image}  Token Elevation Type: %%1938  Creator Process ID: 0x20c8  Process Command Line: ${commandLine}  Token Elevation Type indicates the type of token that`,
  )

test.each([
  'evil.exe Target Subject: Process Information: New Process ID: 0x1 New Process Name: C:\\good.exe Creator Process ID: 0x2 Process Command Line: good.exe',
  'evil.exe Mandatory Label: S-1-16-4096 Creator Process ID: 0x2 Creator Process Name: C:\\good.exe Process Command Line: good.exe',
])(
  'what a command line says in labels of a newer Windows is no more than a command line: %s',
  (commandLine) => {
    expect(read(older('C:\\evil.exe', commandLine))).toMatchObject({
      image: 'C:\\evil.exe',
      commandLine,
      pid: 0x1398,
      parentPid: 0x20c8,
      parentImage: null,
      integrityLevel: null,
    })
  },
)

test.each(['Token Elevation Type', 'Process Command Line'])(
  'a stream of a file that is named as a label is does not cut its name: %s',
  (label) => {
    expect(read(older(`C:\\good.exe ${label}:evil.exe`, 'a'))).toMatchObject({
      reason: expect.stringContaining('has lost the ends of its lines'),
    })
  },
)

test('a label that Sysmon did not print yet, in a command line, does not hide it', () => {
  const text =
    'Process Create: UtcTime: 2024-03-01 08:15:39.564 ProcessGuid: {94f748d5-4e2b-5a9e-0000-00102b7b1510} ProcessId: 5016 Image: C:\\a.exe CommandLine: evil.exe OriginalFileName: x CurrentDirectory: C:\\ ParentCommandLine: c'
  expect(read(snare('1', 'Microsoft-Windows-Sysmon', text))).toMatchObject({
    reason: expect.stringContaining('has lost the ends of its lines'),
  })
})

const cef = (product: string, extension: string) => ({ message: `CEF:0|${product}|x|Low|${extension}` })
const UNESCAPED = 'rt=1709280939571 dproc=C:\\Windows\\System32\\sc.exe'

test('what a command line of CEF that nobody escaped says like a key is the end of none', () => {
  const commandLine = 'sc create x binPath= C:\\a.exe start= auto type= own out=x in=y'
  expect(
    read(cef('Microsoft|Sysmon||1', `${UNESCAPED} dvchost=ws01 cs1=${commandLine} cs1Label=CommandLine`)),
  ).toMatchObject({ host: 'ws01', commandLine })
})

test('a command line of CEF that nobody escaped gives its event no other host', () => {
  const forged = `${UNESCAPED} cs1=cmd /c rem dvchost=other cs1Label=CommandLine dvchost=ws01`
  expect(read(cef('Microsoft|Sysmon||1', forged))).toMatchObject({
    reason: expect.stringContaining('twice with different values'),
  })
})

test('an event of CEF has the id that its class says, not the number that its sender gave it', () => {
  const creation = cef(
    'Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:4688',
    'rt=1709280939571 dvchost=ws01 dproc=C:\\a.exe externalId=99123',
  )
  expect(read(creation)).toMatchObject({ kind: 'process-creation', host: 'ws01', image: 'C:\\a.exe' })
})

test.each([
  ['Microsoft|Sysmon||3', { image: 'C:\\a.exe', pid: 7, destinationHost: 'example.com' }],
  [
    'Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:5156',
    { image: 'C:\\a.exe', pid: 7, initiated: true },
  ],
])('a connection in CEF has its ends, and its destination is not its host: %s', (product, expected) => {
  const ends = 'src=10.0.0.1 spt=1000 dst=192.0.2.1 dpt=443 proto=TCP dhost=example.com deviceDirection=1'
  expect(read(cef(product, `rt=1709280939571 sproc=C:\\a.exe spid=7 ${ends}`))).toMatchObject({
    ...expected,
    kind: 'network-connection',
    host: null,
    protocol: 'tcp',
    ...{ sourceIp: '10.0.0.1', sourcePort: 1000, destinationIp: '192.0.2.1', destinationPort: 443 },
  })
})

test('the end of a process in CEF says of which', () => {
  const end = 'Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:4689'
  expect(read(cef(end, 'rt=1709280939571 dvchost=ws01 dpid=7 dproc=C:\\a.exe'))).toMatchObject({
    ...{ kind: 'process-end', host: 'ws01', pid: 7, image: 'C:\\a.exe' },
  })
})

test('where a firewall let something through to is not the host of what it says', () => {
  expect(read(cef('Vendor|Firewall|1|100', 'rt=1709280939571 dhost=example.com'))).toMatchObject({
    ...{ kind: 'other', host: null },
  })
})

const logParser = (EventID: string, SourceName: string, Strings: string) => ({
  ...{ EventLog: 'x', RecordNumber: '1', EventID, SourceName, Strings, ComputerName: 'ws01' },
  TimeGenerated: '2024-03-01 09:15:39',
})

test('a command line of an older Windows with as many bars as a newer event has values is not shared out among them', () => {
  const strings = 'S-1-5-18|bob|CORP|0x1|0x1398|C:\\a.exe|%%1938|0x20c8|a|b|c|d|e|f|g'
  expect(read(logParser('4688', 'Microsoft-Windows-Security-Auditing', strings))).toMatchObject({
    reason: expect.stringContaining('separates by bars'),
  })
})

test.each(['AppLocker', 'CodeIntegrity'])(
  'a control’s event whose values cannot be told says why: %s',
  (log) => {
    const id = log === 'AppLocker' ? '8004' : '3077'
    expect(read(logParser(id, `Microsoft-Windows-${log}`, 'a|b'))).toMatchObject({
      reason: expect.stringContaining('separates by bars'),
    })
  },
)

test('what Plaso found in no log is counted in each of its tables', () => {
  const row = { date: '03/01/2024', time: '08:15:39', timezone: 'UTC', MACB: 'M...', source: 'WEBHIST' }
  expect(
    read({ ...row, sourcetype: 'Chrome History', host: 'WS01', short: 's', desc: 'https://example.com' }),
  ).toMatchObject({ kind: 'other', sensor: null, host: 'WS01' })
})

test.each([
  ['cmd.exe /c type a|more', /separates by bars/],
  ['cmd.exe|CORP\\bob', null],
  ['cmd.exe|-', null],
])('a bar in the parent’s command line of an older Sysmon does not part it: %s', (end, reason) => {
  const strings = [
    ...['-', '2024-03-01 08:15:39.564', '{94f748d5-4e2b-5a9e-0000-00102b7b1510}', '5016', 'C:\\a.exe'],
    ...['1', 'd', 'p', 'c', 'A.EXE', 'a.exe', 'C:\\', 'CORP\\bob', '{94f748d5-0000-0000-0000-000000000000}'],
    ...['0x1', '1', 'Medium', 'MD5=0', '{94f748d5-4e2b-5a9e-0000-00102b7b1511}', '8392', 'C:\\b.exe', end],
  ]
  expect(read(logParser('1', 'Microsoft-Windows-Sysmon', strings.join('|')))).toMatchObject(
    reason === null ? { parentCommandLine: 'cmd.exe' } : { reason: expect.stringMatching(reason) },
  )
})
