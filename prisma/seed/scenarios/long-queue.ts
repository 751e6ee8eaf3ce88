import { importBytes } from '@/lib/operations/ingest/import-bytes'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'

type Pool = Parameters<typeof importBytes>[0]

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const ADJECTIVES =
  'amber brisk cedar dusky early faint green hazel ivory jolly known lunar mossy noble olive pearl quiet rusty solar tidal umber vivid windy young azure blunt coral dense exact fresh gaunt hardy inner joint keen late misty north ocean plain rapid'
const NOUNS =
  'anchor basket candle damper engine filter garden harbor island jacket kernel ladder magnet needle orchid pepper quarry rocket saddle tunnel umbrella valley walnut yellow zephyr bridge copper dragon falcon glacier hammer insect jungle kettle lantern meadow nickel oyster pillow rabbit silver timber velvet wagon acorn button canyon desert ember forest gutter helmet iguana jasper kitten lizard mirror nugget otter pocket ribbon spider turtle violin willow badger castle donkey elbow fiddle goblet hunter'

const TOOLS = [
  { image: 'regsvr32.exe', line: (name: string) => `regsvr32 /s C:\\Users\\Public\\${name}.dll` },
  { image: 'rundll32.exe', line: (name: string) => `rundll32 C:\\ProgramData\\${name}.dll,Start` },
  { image: 'mshta.exe', line: (name: string) => `mshta C:\\Users\\Public\\Documents\\${name}.hta` },
  { image: 'msiexec.exe', line: (name: string) => `msiexec /q /i C:\\Users\\Public\\${name}.msi` },
] as const

export type LongQueueOptions = {
  /** Deviations to make. */
  items: number
  hosts: number
  days: number
  /** Midnight after the last day, in milliseconds since 1970. */
  endMs: number
}

/** A queue of thousands: distinct patterns of four binaries over some hosts and days, each seen once or a few times; no attack means anything. */
export async function seedLongQueue(pool: Pool, options: LongQueueOptions): Promise<void> {
  await ensureCatalogue(pool)
  const lines: string[] = []
  for (const record of records(options)) lines.push(JSON.stringify(record))
  await importBytes(pool, 'demo', `A queue of ${options.items}`, Buffer.from(lines.join('\n')))
  await finishWork(pool, () => undefined)
}

function* records({ items, hosts, days, endMs }: LongQueueOptions): Generator<unknown> {
  const names = wordPairs()
  for (let index = 0; index < items; index++) {
    const tool = TOOLS[index % TOOLS.length] ?? TOOLS[0]
    const name = names[Math.floor(index / TOOLS.length) % names.length] ?? ''
    const uses = 1 + (index % 3)
    for (let use = 0; use < uses; use++) {
      const day = (index * 7 + use) % days
      const atMs = endMs - (day + 1) * DAY_MS + ((index * 13) % 1200) * MINUTE_MS + index
      yield creation(`ws-${1 + ((index + use * 5) % hosts)}.example`, atMs, tool.image, tool.line(name))
    }
  }
}

function wordPairs(): string[] {
  return ADJECTIVES.split(' ').flatMap((adjective) => NOUNS.split(' ').map((noun) => `${adjective}${noun}`))
}

/** Sysmon event 1 as winlogbeat ships it. */
function creation(host: string, atMs: number, image: string, commandLine: string): unknown {
  const at = new Date(atMs).toISOString()
  return {
    '@timestamp': at,
    host: { name: host },
    agent: { type: 'winlogbeat', version: '7.17.9', hostname: host },
    winlog: {
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider_name: 'Microsoft-Windows-Sysmon',
      computer_name: host,
      event_id: '1',
      event_data: {
        UtcTime: at.replace('T', ' ').replace('Z', ''),
        ProcessId: String(4 * (250 + (atMs % 10_000))),
        Image: `C:\\Windows\\System32\\${image}`,
        OriginalFileName: image.toUpperCase(),
        CommandLine: commandLine,
        User: 'CORP\\ada',
        IntegrityLevel: 'Medium',
        ParentProcessId: '4242',
        ParentImage: 'C:\\Windows\\explorer.exe',
        ParentCommandLine: 'C:\\Windows\\explorer.exe',
      },
    },
  }
}
