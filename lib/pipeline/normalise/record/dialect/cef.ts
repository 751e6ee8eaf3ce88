import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { account, firstText, integer, object, only, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'
import { valueNames } from './named-values'

const SYSMON = 'Microsoft-Windows-Sysmon'
const SECURITY = 'Microsoft-Windows-Security-Auditing'
/** "Microsoft-Windows-Security-Auditing:4688", "4688" */
const CLASS = /^(?:(.{1,128}):)?(\d{1,5})$/
/** Fields for what the format has no name of its own for: what each holds is in another, of the same name and Label. */
const CUSTOM = /^(?:cs|cn|cfp|c6a|flexString|flexNumber|deviceCustom(?:String|Number|Date))\d$/
/** Of the connector: when the event was, and when it came to an end, are the same of a Windows event. */
const TIMES = ['rt', 'deviceReceiptTime', 'end', 'start'] as const

/** What labels call the values of 4688 otherwise than its names, without blanks and in lower case. */
const OF_CREATION: ReadonlyMap<string, string> = new Map([
  ['newprocessid', 'NewProcessId'],
  ['newprocessname', 'NewProcessName'],
  ['creatorprocessid', 'ProcessId'],
  ['creatorprocessname', 'ParentProcessName'],
  ['processcommandline', 'CommandLine'],
  ['commandline', 'CommandLine'],
  ['mandatorylabel', 'MandatoryLabel'],
])

/** A Windows event as connectors of ArcSight and others write it in the Common Event Format (CEF), as `cefFields` reads it; of other products an event that is only counted. Falcon's have a reader of their own. */
export function liftCef(fields: JsonObject): WindowsRecord | null {
  const extension = object(fields['extension'])
  const [, source, id] = CLASS.exec(trimmed(fields['deviceEventClassId']) ?? '') ?? []
  const eventId = integer(extension?.['externalId']) ?? integer(id) ?? 0
  if (extension === null || fields['deviceVendor'] === 'CrowdStrike') return null
  const provider = providerOf(fields, source)
  return {
    provider,
    channel: null,
    eventId,
    computer:
      firstText(extension['dvchost'], extension['dhost'], extension['deviceHostName'])?.trim() || null,
    created: () => createdAt(...TIMES.map((name) => extension[name])),
    printed: () => only(extension, ...TIMES),
    // the connector's own id
    recordId: null,
    data: provider === SYSMON ? sysmonData(eventId, extension) : securityData(extension),
  }
}

/** Of what is no event of a Windows log the product. */
function providerOf(fields: JsonObject, source: string | undefined): string {
  const named = [source, text(fields['deviceProduct'])].join(' ').trim()
  if (/sysmon/i.test(named)) return SYSMON
  if (/security-auditing/i.test(named)) return SECURITY
  if (trimmed(fields['deviceVendor']) !== 'Microsoft' || !/windows/i.test(named)) return named
  const log = trimmed(object(fields['extension'])?.['cat'])
  return source ?? (log === null || log === 'Security' ? SECURITY : log)
}

function securityData(extension: JsonObject): JsonObject {
  return {
    NewProcessId: extension['dpid'] ?? null,
    NewProcessName: firstText(extension['dproc'], extension['filePath']),
    ProcessId: extension['spid'] ?? null,
    ParentProcessName: extension['sproc'] ?? null,
    SubjectUserName: extension['suser'] ?? null,
    SubjectDomainName: extension['sntdom'] ?? null,
    SubjectLogonId: extension['suid'] ?? null,
    TargetUserName: extension['duser'] ?? null,
    TargetDomainName: extension['dntdom'] ?? null,
    TargetLogonId: extension['duid'] ?? null,
    ...labelled(extension, OF_CREATION),
  }
}

function sysmonData(eventId: number, extension: JsonObject): JsonObject {
  const names = valueNames(SYSMON, eventId)
  return {
    Image: extension['dproc'] ?? null,
    ProcessId: extension['dpid'] ?? null,
    ParentImage: extension['sproc'] ?? null,
    ParentProcessId: extension['spid'] ?? null,
    User: account(extension['dntdom'], extension['duser']),
    ...labelled(extension, new Map(names.map((name) => [name.toLowerCase(), name]))),
  }
}

/** What stands in custom fields, by what their labels call it, and in ArcSight's additional data (`ad.`). */
function labelled(extension: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const told = Object.entries(extension).flatMap(([key, value]): [string, JsonValue][] => {
    const label = key.startsWith('ad.')
      ? key.slice(3)
      : CUSTOM.test(key)
        ? text(extension[`${key}Label`])
        : null
    const name = names.get(label?.replace(/[^a-z]/gi, '').toLowerCase() ?? '')
    return name === undefined || text(value) === null ? [] : [[name, value]]
  })
  return Object.fromEntries(told)
}
