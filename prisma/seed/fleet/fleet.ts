import { ADMINISTRATORS, type Person, personFor } from './people'
import { Random } from './random'
import type { Coverage, FleetOptions } from './simulated-record'

export const DOMAIN = 'CORP'
const DNS_SUFFIX = 'corp.example'

export type Role = 'workstation' | 'developer' | 'server' | 'domain-controller'
const SERVER_DUTIES = ['distribution', 'file', 'web', 'application'] as const
type ServerDuty = (typeof SERVER_DUTIES)[number]

export type Host = {
  index: number
  /** Fully qualified. */
  name: string
  shortName: string
  role: Role
  duty: ServerDuty | null
  person: Person
  /** Minutes east of UTC; between -300 and 330, so that office hours never cross a UTC day. */
  offsetMinutes: number
  windowsBuild: string
  /** First 32 bits of Sysmon's ProcessGuid. */
  machineId: number
  hardware: 'HP' | 'Lenovo' | 'Dell'
  printer: 'HP' | 'Kyocera' | 'Ricoh'
  /** Software is rolled out ring by ring: days after release. */
  ringDays: number
  coverage: Coverage
  /** Index of the first day on which the host exists. */
  joinedDay: number
  /** A day index on which its sensor is down; null for none. */
  silentDay: number | null
}

const OFFSETS = [60, 60, 60, -300, 330] as const
const RINGS = [0, 1, 1, 3, 3, 3, 5] as const
/** One host in 40 and more of each kind, at fixed places so that small fleets have them too. */
const COVERAGE_BY_PLACE: ReadonlyMap<number, Coverage> = new Map([
  [1, 'sysmon-and-security'],
  [5, 'sysmon-and-security'],
  [7, 'security'],
  [11, 'sysmon-and-security'],
  [15, 'security-without-command-lines'],
  [16, 'defender'],
  [21, 'security-then-sysmon'],
])

function countRoles(hosts: number): Record<Exclude<Role, 'workstation'>, number> {
  return {
    'domain-controller': hosts < 5 ? 0 : Math.max(1, Math.round(hosts * 0.05)),
    server: Math.round(hosts * 0.15),
    developer: Math.round(hosts * 0.15),
  }
}

function roleAt(index: number, hosts: number): { role: Role; number: number } {
  const counts = countRoles(hosts)
  let first = 0
  for (const role of ['domain-controller', 'server', 'developer'] as const) {
    if (index < first + counts[role]) return { role, number: index - first + 1 }
    first += counts[role]
  }
  return { role: 'workstation', number: index - first + 1 }
}

function shortNameFor(role: Role, number: number, duty: ServerDuty | null): string {
  const padded = String(number).padStart(role === 'domain-controller' ? 2 : 4, '0')
  if (role === 'domain-controller') return `dc-${padded}`
  if (role === 'server') return `srv-${duty}-${padded}`
  return role === 'developer' ? `dev-${padded}` : `ws-${padded}`
}

function buildHost(options: FleetOptions, index: number): Host {
  const random = new Random(options.seed, 'host', index)
  const { role, number } = roleAt(index, options.hosts)
  const desk = role === 'workstation' || role === 'developer'
  const duty = role === 'server' ? (SERVER_DUTIES[(number - 1) % SERVER_DUTIES.length] ?? 'file') : null
  const shortName = shortNameFor(role, number, duty)
  const joinsLate = role === 'workstation' && number % 9 === 5
  return {
    index,
    name: `${shortName}.${DNS_SUFFIX}`,
    shortName,
    role,
    duty,
    person: desk
      ? personFor(random, index, role === 'developer')
      : { account: random.pick(ADMINISTRATORS), department: 'operations', admin: true },
    offsetMinutes: random.pick(OFFSETS),
    windowsBuild: desk
      ? random.pick(['10.0.19041', '10.0.22621', '10.0.22621'])
      : random.pick(['10.0.17763', '10.0.20348']),
    machineId: random.next(),
    hardware: random.pick(['HP', 'Lenovo', 'Dell']),
    printer: random.pick(['HP', 'Kyocera', 'Ricoh']),
    ringDays: desk ? random.pick(RINGS) : 5,
    coverage: options.coverage ?? COVERAGE_BY_PLACE.get(index % 40) ?? 'sysmon',
    joinedDay: joinsLate ? random.between(Math.floor(options.days / 3), Math.floor(options.days * 0.8)) : 0,
    silentDay: number % 13 === 6 ? random.below(options.days) : null,
  }
}

/** The hosts of a fleet, the same for the same options; about 5 % domain controllers, 15 % servers, 15 % developers. */
export function buildFleet(options: FleetOptions): Host[] {
  return Array.from({ length: options.hosts }, (_, index) => buildHost(options, index))
}
