import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { accountName, hexadecimal, logonGuid } from '../identifiers'
import type { Process } from '../process'
import type { FileLibrary } from './file-facts'
import { sysmonTime } from './timestamp'
import { winlogbeatDocument } from './winlogbeat'

/** Milliseconds between a process's start and the log's own time. */
const LOG_DELAY_MS = 2

const NO_GUID = '{00000000-0000-0000-0000-000000000000}'
const KERNEL_PID = '4'

/** Sysmon's event 1, process creation, as winlogbeat ships it. */
export function sysmonRecord(process: Process, recordId: number, files: FileLibrary): JsonObject {
  const { program, account, startMs, parent } = process
  const facts = files.factsOf(process)
  const eventData = {
    RuleName: '-',
    UtcTime: sysmonTime(startMs),
    ProcessGuid: process.guid,
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
    Hashes: facts.hashes,
    ParentProcessGuid: parent?.guid ?? NO_GUID,
    ParentProcessId: parent === null ? KERNEL_PID : String(parent.pid),
    ParentImage: parent?.program.path ?? '-',
    ParentCommandLine: parent?.commandLine ?? '-',
    ParentUser: parent === null ? '-' : accountName(parent),
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
