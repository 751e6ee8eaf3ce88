import { buildFleet, type Role } from './fleet'
import type { FleetOptions } from './simulated-record'

type InventoryHost = {
  /** Fully qualified, as the records name it. */
  name: string
  role: Role
  /** The host group a team would put it in. */
  group: 'Workstations' | 'Developers' | 'Servers' | 'Domain controllers'
}

const GROUPS: Record<Role, InventoryHost['group']> = {
  workstation: 'Workstations',
  developer: 'Developers',
  server: 'Servers',
  'domain-controller': 'Domain controllers',
}

/** The simulated hosts as an asset list would give them: to seed host groups. */
export function fleetInventory(options: FleetOptions): InventoryHost[] {
  return buildFleet(options).map(({ name, role }) => ({ name, role, group: GROUPS[role] }))
}
