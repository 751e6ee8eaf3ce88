import { winlogbeatCreation } from '@/fixtures/winlogbeat-creation'

const DAY_MS = 86_400_000
/** The distance between records, so that no two are of one moment. */
const STEP_MS = 7

/**
 * Process creations of Sysmon as winlogbeat writes them, one text each, of the last days: `share` of them rundll32.exe with a name that no
 * other has, the rest of a program that is no proxy binary; on `hosts` hosts, numbered from `firstHost`.
 */
export function toRecords(
  marker: string,
  count: number,
  { hosts = 20, firstHost = 0, share = 1 } = {},
): string[] {
  const startMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS - Math.floor(Math.random() * DAY_MS)
  return Array.from({ length: count }, (_, index) => {
    const isProxy = index % Math.max(1, Math.round(1 / share)) === 0
    const image = isProxy ? 'rundll32.exe' : 'svchost.exe'
    const commandLine = isProxy
      ? `rundll32.exe C:\\Apps\\${marker}-${index}.dll,Start`
      : 'svchost.exe -k netsvcs'
    const at = new Date(startMs + index * STEP_MS).toISOString()
    return JSON.stringify(
      winlogbeatCreation({
        host: `bench-${firstHost + (index % hosts)}.example`,
        at,
        recordId: 1 + Math.floor(Math.random() * 1e12),
        pid: 1000 + 4 * index,
        image,
        commandLine,
        user: 'EXAMPLE\\bench',
      }),
    )
  })
}
