import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import type { Process } from '../process'
import type { FileLibrary } from './file-facts'
import { accountName, hexadecimal, logonGuid, processGuid } from './identifiers'
import { winlogbeatDocument } from './winlogbeat'

/** Milliseconds between a process's start and the log's own time. */
const LOG_DELAY_MS = 2

function parentFields(parent: Process | null): JsonObject {
  if (parent === null) {
    return {
      ParentProcessGuid: '{00000000-0000-0000-0000-000000000000}',
      ParentProcessId: '4',
      ParentImage: '-',
      ParentCommandLine: '-',
    }
  }
  return {
    ParentProcessGuid: processGuid(parent),
    ParentProcessId: String(parent.pid),
    ParentImage: parent.program.path,
    ParentCommandLine: parent.commandLine,
    ParentUser: accountName(parent),
  }
}

/** Sysmon's event 1, process creation, as winlogbeat ships it. */
export function sysmonRecord(process: Process, recordId: number, files: FileLibrary): JsonObject {
  const { program, account, startMs } = process
  const facts = files.factsOf(process)
  const eventData = {
    RuleName: '-',
    UtcTime: new Date(startMs).toISOString().replace('T', ' ').slice(0, -1),
    ProcessGuid: processGuid(process),
    ProcessId: String(process.pid),
    Image: program.path,
    FileVersion: facts.version,
    Description: program.description,
    Product: program.product,
    Company: program.company,
    OriginalFileName: program.originalFileName,
    CommandLine: process.commandLine,
    CurrentDirectory: process.currentDirectory,
    User: accountName(process),
    LogonGuid: logonGuid(process),
    LogonId: hexadecimal(account.logonId),
    TerminalSessionId: String(account.terminalSession),
    IntegrityLevel: account.integrity,
    Hashes: `SHA1=${facts.sha1},MD5=${facts.md5},SHA256=${facts.sha256},IMPHASH=${facts.imphash}`,
    ...parentFields(process.parent),
  }
  const head = {
    eventId: 1,
    channel: 'Microsoft-Windows-Sysmon/Operational',
    provider: 'Microsoft-Windows-Sysmon',
    providerGuid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
    task: 'Process Create (rule: ProcessCreate)',
    version: 5,
    recordId,
    atMs: startMs + LOG_DELAY_MS,
  }
  return winlogbeatDocument(process.host, head, eventData)
}
