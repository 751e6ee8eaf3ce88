import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import type { Process } from '../process'
import { Random } from '../random'
import type { FileLibrary } from './file-facts'
import { isoTime } from './timestamp'

/** Defender prints microseconds; the simulator counts in milliseconds, so the rest is the process's own. */
function timestamp({ startMs, sequence }: Process): string {
  const micros = String((sequence * 7_919) % 1_000).padStart(3, '0')
  return `${isoTime(startMs).slice(0, -1)}${micros}Z`
}

function fileColumns(process: Process, prefix: string, files: FileLibrary): JsonObject {
  const { program } = process
  const facts = files.factsOf(process)
  const info = `${prefix === '' ? 'Process' : prefix}VersionInfo`
  const original = program.originalFileName === '-' ? '' : program.originalFileName
  return {
    [`${prefix}SHA1`]: facts.sha1,
    [`${prefix}SHA256`]: facts.sha256,
    [`${prefix}MD5`]: facts.md5,
    [`${info}CompanyName`]: program.company,
    [`${info}ProductName`]: program.product,
    [`${info}ProductVersion`]: facts.version,
    [`${info}InternalFileName`]: original,
    [`${info}OriginalFileName`]: original,
    [`${info}FileDescription`]: program.description,
  }
}

function accountColumns({ account }: Process, prefix: string): JsonObject {
  return {
    [`${prefix}AccountDomain`]: account.domain.toLowerCase(),
    [`${prefix}AccountName`]: account.name.toLowerCase(),
    [`${prefix}AccountSid`]: account.sid,
    [`${prefix}LogonId`]: String(account.logonId),
  }
}

function initiatorColumns(parent: Process | null, files: FileLibrary): JsonObject {
  if (parent === null) return {}
  const { path } = parent.program
  const grandparent = parent.parent
  return {
    ...accountColumns(parent, 'InitiatingProcess'),
    ...fileColumns(parent, 'InitiatingProcess', files),
    InitiatingProcessIntegrityLevel: parent.account.integrity,
    InitiatingProcessFileName: path.slice(path.lastIndexOf('\\') + 1),
    InitiatingProcessId: String(parent.pid),
    InitiatingProcessCommandLine: parent.commandLine,
    InitiatingProcessCreationTime: timestamp(parent),
    InitiatingProcessFolderPath: path.slice(0, path.lastIndexOf('\\')).toLowerCase(),
    InitiatingProcessParentId: grandparent === null ? '' : String(grandparent.pid),
    InitiatingProcessParentFileName: grandparent?.program.file ?? '',
    InitiatingProcessParentCreationTime: grandparent === null ? '' : timestamp(grandparent),
    InitiatingProcessSignatureStatus: 'Valid',
  }
}

/** A row of Defender's DeviceProcessEvents, one string per column, as its CSV export has them. */
export function defenderRecord(process: Process, reportId: number, files: FileLibrary): JsonObject {
  const { program, host } = process
  return {
    Timestamp: timestamp(process),
    DeviceId: new Random('device', host.machineId).hex(40),
    DeviceName: host.name,
    ActionType: 'ProcessCreated',
    FileName: program.path.slice(program.path.lastIndexOf('\\') + 1),
    FolderPath: program.path,
    ...fileColumns(process, '', files),
    ProcessId: String(process.pid),
    ProcessCommandLine: process.commandLine,
    ProcessIntegrityLevel: process.account.integrity,
    ProcessTokenElevation:
      process.account.integrity === 'High' ? 'TokenElevationTypeFull' : 'TokenElevationTypeDefault',
    ProcessCreationTime: timestamp(process),
    ...accountColumns(process, ''),
    ...initiatorColumns(process.parent, files),
    ReportId: String(reportId),
  }
}
