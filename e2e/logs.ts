import { winlogbeatCreation } from '@/fixtures/winlogbeat-creation'

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
  return winlogbeatCreation({
    host,
    at: new Date(Date.now() - HOUR_MS + number * 1000).toISOString(),
    recordId: 100_000 + number,
    pid: 1000 + 4 * number,
    image,
    commandLine,
    ...(parentImage === undefined ? {} : { parentImage }),
    user: 'EXAMPLE\\e2e',
  })
}

/** Records as a file of one JSON text a line. */
export function ndjson(records: readonly unknown[]): Buffer {
  return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
}
