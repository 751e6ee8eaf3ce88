import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import type { Host } from '../fleet'
import type { Process } from '../process'
import type { FileLibrary } from './file-facts'
import { winlogbeatDocument } from './winlogbeat'

const PROVIDER = 'Microsoft-Windows-AppLocker'
const DENY_RULE = '{5E3B0EB6-4C5E-4B7A-9A57-6D9F2AB1C0DE}'
/** What the audited policy denies. */
export const AUDITED: ReadonlySet<string> = new Set([
  'mshta.exe',
  'wmic.exe',
  'cmstp.exe',
  'hh.exe',
  'forfiles.exe',
  'pcalua.exe',
  'mavinject.exe',
  'regsvcs.exe',
])

function document(host: Host, eventId: number, atMs: number, recordId: number, data: JsonObject): JsonObject {
  const head = {
    eventId,
    channel: `${PROVIDER}/EXE and DLL`,
    provider: PROVIDER,
    providerGuid: '{CBDA4DBF-8D5D-4F69-9578-BE14AA540D22}',
    task: 'None',
    version: 0,
    recordId,
    atMs,
  }
  return winlogbeatDocument(host, head, data)
}

/** AppLocker's event 8003: it would have been stopped were the policy enforced. */
export function wouldBlockRecord(process: Process, recordId: number, files: FileLibrary): JsonObject {
  const { program, account } = process
  const path = program.path.replace(/^C:\\Windows\\System32\\/i, '%SYSTEM32%\\').replace(/^C:/i, '%OSDRIVE%')
  return document(process.host, 8003, process.startMs + 1, recordId, {
    PolicyName: 'EXE',
    RuleId: DENY_RULE,
    RuleName: 'Deny proxy binaries (audit)',
    TargetUser: account.sid,
    TargetProcessId: String(process.pid),
    FilePath: path.toUpperCase(),
    FileHash: `0x${files.factsOf(process).sha256.toUpperCase()}`,
    Fqbn: `O=MICROSOFT CORPORATION, L=REDMOND, S=WASHINGTON, C=US\\${program.product.toUpperCase()}\\${program.originalFileName.toUpperCase()}\\10.0.19041.1`,
    FullFilePath: program.path,
  })
}

/** AppLocker's event 8001: the policy reached the host. */
export function policyRecord(host: Host, atMs: number, recordId: number): JsonObject {
  return document(host, 8001, atMs, recordId, {})
}
