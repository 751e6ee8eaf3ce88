import { expect, test } from 'vitest'
import { toEvent } from '../to-event'

const PROCESS = 'Proc: C:\\a.exe ¦ PID: 12 ¦ PGUID: 94F748D5-4E2B-5A9E-0000-00102B7B1510'

function read(line: { Channel?: string; EventID?: number; Details?: string; ExtraFieldInfo?: string }) {
  const fields = {
    Timestamp: '2024-03-01 08:15:39.571 +00:00',
    RuleTitle: 'Proc Exec',
    Computer: 'ws01',
    Channel: 'Sysmon',
    EventID: 1,
    Details: PROCESS,
    ...line,
  }
  const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
  return result.kind === 'event' ? result.event : result.rejection.reason
}

test('a connection has its ends, a loaded module its file, a query its name, an end its process', () => {
  const acting = { pid: 12, processGuid: '94f748d5-4e2b-5a9e-0000-00102b7b1510', image: 'C:\\a.exe' }
  const ends = 'SrcIP: 10.0.0.5 ¦ SrcPort: 50123 ¦ TgtIP: 192.0.2.7 ¦ TgtPort: 443'
  const connection = {
    ...{ sourceIp: '10.0.0.5', sourcePort: 50123, destinationIp: '192.0.2.7', destinationPort: 443 },
    protocol: 'tcp',
  }
  expect(
    read({ EventID: 3, Details: `Proto: tcp ¦ ${ends} ¦ TgtHost: a.example ¦ ${PROCESS}` }),
  ).toMatchObject({
    ...acting,
    ...connection,
    destinationHost: 'a.example',
  })
  expect(
    read({ EventID: 7, Details: `Image: C:\\m.dll ¦ ${PROCESS} ¦ Signed: true ¦ Sig: Valid` }),
  ).toMatchObject({
    ...acting,
    ...{ module: 'C:\\m.dll', signed: true, signatureStatus: 'valid' },
  })
  expect(read({ EventID: 22, Details: `Query: a.example ¦ Result: 192.0.2.1; ¦ ${PROCESS}` })).toMatchObject({
    ...acting,
    ...{ query: 'a.example', results: ['192.0.2.1'] },
  })
  expect(read({ EventID: 5 })).toMatchObject({ kind: 'process-end', ...acting })
  expect(read({ Channel: 'Sec', EventID: 4689, Details: 'Proc: C:\\a.exe ¦ PID: 12' })).toMatchObject({
    kind: 'process-end',
    ...{ pid: 12, image: 'C:\\a.exe' },
  })
  expect(
    read({ Channel: 'Sec', EventID: 5156, Details: `Proc: C:\\a.exe ¦ ${ends} ¦ Protocol: tcp ¦ PID: 12` }),
  ).toMatchObject({
    ...{ pid: 12, image: 'C:\\a.exe' },
    ...connection,
  })
})

test('logs are known by their whole names, and what is the name of no log is none', () => {
  expect(read({ Channel: 'Microsoft-Windows-Sysmon/Operational' })).toMatchObject({ image: 'C:\\a.exe' })
  expect(read({ Channel: 'Security', EventID: 4688 })).toMatchObject({ image: 'C:\\a.exe', pid: 12 })
  for (const name of ['constructor', 'toString', '__proto__'])
    expect(read({ Channel: name })).toMatch(/^no |^not /)
})

test('a command line that names other fields does not change those that come with the event', () => {
  const hostile = {
    Details: `Cmdline: a ¦ ParentImage: C:\\b.exe ¦ Proc: C:\\b.exe ¦ ${PROCESS}`,
    ExtraFieldInfo: 'ParentImage: C:\\c.exe',
  }
  expect(read(hostile)).toMatchObject({ image: 'C:\\a.exe', parentImage: 'C:\\c.exe' })
})
