import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/**
 * Sysmon's fields as OSSEM's dictionary names them, which older parsers of Sysmon for Microsoft Sentinel print (sentinel-attack's, before they kept
 * Sysmon's own names), by what Sysmon calls them.
 */
const NAMES: Readonly<Record<string, string>> = {
  ProcessGuid: 'process_guid',
  ProcessId: 'process_id',
  Image: 'process_path',
  CommandLine: 'process_command_line',
  CurrentDirectory: 'process_current_directory',
  User: 'user_name',
  LogonId: 'user_logon_id',
  IntegrityLevel: 'process_integrity_level',
  Hashes: 'hash',
  ParentProcessGuid: 'process_parent_guid',
  ParentProcessId: 'process_parent_id',
  ParentImage: 'process_parent_path',
  ParentCommandLine: 'process_parent_command_line',
}

/** The record with Sysmon's names; null where it has no process by the other ones. */
export function renamedSysmon(fields: JsonObject): JsonObject | null {
  if (fields['process_path'] === undefined || fields['process_guid'] === undefined) return null
  const own = Object.entries(NAMES).flatMap(([name, other]) => {
    const value = fields[name] ?? fields[other]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...fields, ...Object.fromEntries(own) }
}
