import type { Process } from './process'

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
)
const hex4 = (value: number): string => `${BYTES[(value >>> 8) & 0xff]}${BYTES[value & 0xff]}`
const hex8 = (value: number): string => hex4(value >>> 16) + hex4(value)

/** Sysmon's ProcessGuid: machine, start time in seconds (low half first), then a part that counts. */
export function processGuid(machineId: number, startMs: number, sequence: number): string {
  const seconds = Math.floor(startMs / 1_000)
  const count = `${hex4(sequence)}-0000${hex4(sequence >>> 16)}3A00`
  return `{${hex8(machineId)}-${hex4(seconds)}-${hex4(seconds >>> 16)}-${count}}`
}

/** Sysmon's LogonGuid: constant for a session. */
export function logonGuid({ host, account }: Process): string {
  return `{${hex8(host.machineId)}-5A64-5966-0000-0020${hex4(account.logonId)}${hex4(account.logonId >>> 16)}}`
}

export const hexadecimal = (value: number): string => `0x${value.toString(16)}`

export const accountName = ({ account }: Process): string => `${account.domain}\\${account.name}`
