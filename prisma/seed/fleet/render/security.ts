import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { DOMAIN } from '../fleet'
import { hexadecimal } from '../identifiers'
import type { Integrity, Process } from '../process'
import { SYSTEM } from '../process'
import { winlogbeatDocument } from './winlogbeat'

const MANDATORY_LABELS: Record<Integrity, string> = {
  Low: 'S-1-16-4096',
  Medium: 'S-1-16-8192',
  High: 'S-1-16-12288',
  System: 'S-1-16-16384',
}
const KERNEL_PID = 4

/** Full token, elevated, limited. */
const TOKEN_TYPES: Record<Integrity, string> = {
  Low: '%%1938',
  Medium: '%%1938',
  High: '%%1937',
  System: '%%1936',
}

/** Security event 4688 as winlogbeat ships it; without CommandLine where the audit policy does not include it. */
export function securityRecord(process: Process, recordId: number, withCommandLine: boolean): JsonObject {
  const { parent, account, host } = process
  // The computer's own account stands for SYSTEM in the security log.
  const machine = account.sid === SYSTEM.sid
  const eventData: JsonObject = {
    SubjectUserSid: account.sid,
    SubjectUserName: machine ? `${host.shortName.toUpperCase()}$` : account.name,
    SubjectDomainName: machine ? DOMAIN : account.domain,
    SubjectLogonId: hexadecimal(account.logonId),
    NewProcessId: hexadecimal(process.pid),
    NewProcessName: process.program.path,
    TokenElevationType: TOKEN_TYPES[account.integrity],
    ProcessId: hexadecimal(parent?.pid ?? KERNEL_PID),
    ParentProcessName: parent?.program.path ?? '',
    TargetUserSid: 'S-1-0-0',
    TargetUserName: '-',
    TargetDomainName: '-',
    TargetLogonId: '0x0',
    MandatoryLabel: MANDATORY_LABELS[account.integrity],
  }
  const written = withCommandLine ? Object.assign(eventData, { CommandLine: process.commandLine }) : eventData
  const head = {
    eventId: 4688,
    channel: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    providerGuid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
    task: 'Process Creation',
    version: 2,
    recordId,
    atMs: process.startMs,
  }
  return winlogbeatDocument(process.host, head, written)
}
