import type { Host } from './fleet'
import { DOMAIN } from './fleet'
import type { Program } from './programs/program'
import type { Truth } from './simulated-record'

export type Integrity = 'Low' | 'Medium' | 'High' | 'System'

/** Who a process runs as. */
export type Account = {
  domain: string
  name: string
  sid: string
  logonId: number
  integrity: Integrity
  terminalSession: number
}

export type Process = {
  host: Host
  pid: number
  /** How many processes this host had started, this one included. */
  sequence: number
  /** Sysmon's ProcessGuid. */
  guid: string
  startMs: number
  program: Program
  commandLine: string
  currentDirectory: string
  account: Account
  parent: Process | null
}

/** A process whose creation is reported, with the truth about it. */
export type Launch = { process: Process; truth: Truth }

export const SYSTEM: Account = {
  domain: 'NT AUTHORITY',
  name: 'SYSTEM',
  sid: 'S-1-5-18',
  logonId: 0x3e7,
  integrity: 'System',
  terminalSession: 0,
}
export const LOCAL_SERVICE: Account = { ...SYSTEM, name: 'LOCAL SERVICE', sid: 'S-1-5-19', logonId: 0x3e5 }
export const NETWORK_SERVICE: Account = {
  ...SYSTEM,
  name: 'NETWORK SERVICE',
  sid: 'S-1-5-20',
  logonId: 0x3e4,
}

const DOMAIN_SID = 'S-1-5-21-1843927605-2750193846-3391857204'

/** A domain account in one logon session; the relative id follows from the name. */
export function domainAccount(
  name: string,
  logonId: number,
  integrity: Integrity,
  terminalSession: number,
): Account {
  let relativeId = 7
  for (let i = 0; i < name.length; i++) relativeId = (relativeId * 31 + name.charCodeAt(i)) % 90_000
  return {
    domain: DOMAIN,
    name,
    sid: `${DOMAIN_SID}-${relativeId + 1_100}`,
    logonId,
    integrity,
    terminalSession,
  }
}

/** The same session with administrator rights. */
export function elevated(account: Account): Account {
  return { ...account, logonId: account.logonId + 0x1f, integrity: 'High' }
}
