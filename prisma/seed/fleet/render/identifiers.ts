import type { Process } from '../process'

const hex4 = (value: number) => (value & 0xffff).toString(16).toUpperCase().padStart(4, '0')

/** Sysmon's ProcessGuid: machine, start time in seconds (low half first), then a part that counts. */
export function processGuid(process: Process): string {
  const machine = process.host.machineId.toString(16).toUpperCase().padStart(8, '0')
  const seconds = Math.floor(process.startMs / 1_000)
  const count = `${hex4(process.sequence)}-0000${hex4(process.sequence >>> 16)}3A00`
  return `{${machine}-${hex4(seconds)}-${hex4(seconds >>> 16)}-${count}}`
}

/** Sysmon's LogonGuid: constant for a session. */
export function logonGuid(process: Process): string {
  const machine = process.host.machineId.toString(16).toUpperCase().padStart(8, '0')
  const logon = process.account.logonId
  return `{${machine}-5A64-5966-0000-0020${hex4(logon)}${hex4(logon >>> 16)}}`
}

export const hexadecimal = (value: number): string => `0x${value.toString(16)}`

export const accountName = ({ account }: Process): string => `${account.domain}\\${account.name}`
