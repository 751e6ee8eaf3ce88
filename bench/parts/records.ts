import { randomUUID } from 'node:crypto'

const DAY_MS = 86_400_000
/** The distance between records, so that no two are of one moment. */
const STEP_MS = 7

/**
 * Process creations of Sysmon as winlogbeat writes them, one text each, of the last days: `share` of them rundll32.exe with a name that no
 * other has, the rest of a program that is no proxy binary.
 */
export function toRecords(marker: string, count: number, { hosts = 20, share = 1 } = {}): string[] {
  const startMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS - Math.floor(Math.random() * DAY_MS)
  return Array.from({ length: count }, (_, index) => {
    const isProxy = index % Math.max(1, Math.round(1 / share)) === 0
    const image = isProxy ? 'rundll32.exe' : 'svchost.exe'
    const commandLine = isProxy
      ? `rundll32.exe C:\\Apps\\${marker}-${index}.dll,Start`
      : 'svchost.exe -k netsvcs'
    const at = new Date(startMs + index * STEP_MS).toISOString()
    const host = `bench-${index % hosts}.example`
    return JSON.stringify({
      '@timestamp': at,
      agent: { hostname: 'collector', type: 'winlogbeat', version: '7.17.0' },
      event: { code: 1, provider: 'Microsoft-Windows-Sysmon' },
      winlog: {
        event_id: 1,
        channel: 'Microsoft-Windows-Sysmon/Operational',
        provider_name: 'Microsoft-Windows-Sysmon',
        computer_name: host,
        record_id: 1 + Math.floor(Math.random() * 1e12),
        event_data: {
          UtcTime: at.replace('T', ' ').replace('Z', ''),
          ProcessGuid: `{${randomUUID()}}`,
          ProcessId: String(1000 + 4 * index),
          Image: `C:\\Windows\\System32\\${image}`,
          CommandLine: commandLine,
          CurrentDirectory: 'C:\\Windows\\System32\\',
          User: 'EXAMPLE\\bench',
          LogonId: '0x5a2f1',
          IntegrityLevel: 'Medium',
          Hashes: `SHA1=${'0'.repeat(40)},MD5=${'0'.repeat(32)},IMPHASH=${'0'.repeat(32)}`,
          OriginalFileName: image.toUpperCase(),
          ParentProcessGuid: `{${randomUUID()}}`,
          ParentProcessId: '4321',
          ParentImage: 'C:\\Windows\\explorer.exe',
          ParentCommandLine: 'C:\\Windows\\explorer.exe',
        },
      },
    })
  })
}
