import { randomUUID } from 'node:crypto'

const HOUR_MS = 3_600_000
let made = 0

/** A name that no earlier run gave to anything. */
export function unique(prefix: string): string {
  return `${prefix}-${Date.now().toString(36)}${(made++).toString(36)}`
}

export type Creation = {
  host: string
  commandLine: string
  /** File name in System32; rundll32.exe without one. */
  image?: string
  parentImage?: string
}

/** A process creation of Sysmon, an hour ago, as winlogbeat 7 writes it; each call makes another process. */
export function sysmonCreation({ host, commandLine, image = 'rundll32.exe', parentImage }: Creation) {
  const number = ++made
  const at = new Date(Date.now() - HOUR_MS + number * 1000).toISOString()
  return {
    '@timestamp': at,
    agent: { hostname: 'collector', type: 'winlogbeat', version: '7.17.0' },
    event: { code: 1, provider: 'Microsoft-Windows-Sysmon' },
    host: { name: 'collector' },
    winlog: {
      event_id: 1,
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider_name: 'Microsoft-Windows-Sysmon',
      computer_name: host,
      record_id: 100_000 + number,
      event_data: {
        UtcTime: at.replace('T', ' ').replace('Z', ''),
        ProcessGuid: `{${randomUUID()}}`,
        ProcessId: String(1000 + 4 * number),
        Image: `C:\\Windows\\System32\\${image}`,
        CommandLine: commandLine,
        CurrentDirectory: 'C:\\Windows\\System32\\',
        User: 'EXAMPLE\\e2e',
        LogonId: '0x5a2f1',
        IntegrityLevel: 'Medium',
        Hashes: `SHA1=${'0'.repeat(40)},MD5=${'0'.repeat(32)},IMPHASH=${'0'.repeat(32)}`,
        OriginalFileName: image.toUpperCase(),
        ParentProcessGuid: `{${randomUUID()}}`,
        ParentProcessId: '4321',
        ParentImage: parentImage ?? 'C:\\Windows\\explorer.exe',
        ParentCommandLine: 'C:\\Windows\\explorer.exe',
      },
    },
  }
}

/** Records as a file of one JSON text a line. */
export function ndjson(records: readonly unknown[]): Buffer {
  return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
}
