import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, integer, trimmed } from '../field'
import { messageData, providerName } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

/**
 * Splunk's view of a Windows event: the lines of its classic text, or the fields that it extracts (underscores stand for the spaces of the labels), in
 * its CSV and JSON exports. `host` is who sent the event, read only where nothing names the computer.
 */
export function liftSplunk(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['EventCode'])
  if (eventId === null || isModelled(fields)) return null
  const channel = firstText(
    fields['LogName'],
    fields['Channel'],
    logOf(fields['source']),
    logOf(fields['sourcetype']),
  )
  const provider = providerName(trimmed(fields['SourceName']))
  return {
    // a message file that is missing leaves the provider's name in another language or none
    provider: channel?.toLowerCase() === 'security' ? channel : provider,
    channel,
    eventId,
    computer:
      firstText(fields['ComputerName'], fields['Computer'], fields['dest'], fields['host'])?.trim() || null,
    created: () => createdAt(fields['TimeCreated'], fields['SystemTime'], fields['Time'], fields['_time']),
    recordId: firstText(fields['RecordNumber'], fields['RecordID'], fields['EventRecordID']),
    data: { ...extracted(fields), ...messageData({ provider, channel }, eventId, fields['Message']) },
  }
}

/** Whether only the fields of the Common Information Model are left, which has its own reader. */
function isModelled(fields: JsonObject): boolean {
  const names = ['Message', 'Image', 'NewProcessName', 'New_Process_Name', 'UtcTime']
  return fields['process_path'] !== undefined && names.every((name) => fields[name] === undefined)
}

/** "XmlWinEventLog:Security", "WinEventLog:Microsoft-Windows-Sysmon/Operational"; a collector's own log says nothing of an event. */
function logOf(source: JsonValue | undefined): string | null {
  return /^(?:Xml)?WinEventLog:(?!ForwardedEvents$)(.+)$/i.exec(trimmed(source) ?? '')?.[1] ?? null
}

/** What Splunk calls the labels of 4688, and the log its fields. */
const NAMES: readonly (readonly [string, string])[] = [
  ['New_Process_ID', 'NewProcessId'],
  ['New_Process_Name', 'NewProcessName'],
  ['Creator_Process_ID', 'ProcessId'],
  ['Creator_Process_Name', 'ParentProcessName'],
  ['Process_Command_Line', 'CommandLine'],
  ['Mandatory_Label', 'MandatoryLabel'],
]

function extracted(fields: JsonObject): JsonObject {
  const data = { ...fields }
  for (const [theirs, ours] of NAMES) {
    const value = fields[theirs]
    if (value !== undefined) data[ours] = value
  }
  return data
}
