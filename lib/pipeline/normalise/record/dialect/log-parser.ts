import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, only, text, trimmed } from '../field'
import { providerName } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'
import { namedValues, SYSMON_NAMES } from './named-values'

const SEPARATOR = '|'
/** Of 4688 since Windows 10: what stands before its command line, and what behind, hold no bar. */
const BEFORE = 8
const BEHIND = 6
const WHOLE = BEFORE + 1 + BEHIND
/** Of Sysmon's newest creation, which ends with an account; an older one ends with a command line, and that may have a bar. */
const NEWEST = SYSMON_NAMES.get(1)?.length
const ACCOUNT = /^(?:-|[^\\/"[\]:;|=,+*?<>]{1,256}\\[^\\/"[\]:;|=,+*?<>]{1,256})$/
const LABEL = /^S-1-16-\d{1,5}$/

const UNTOLD =
  'the values of the event cannot be told from each other, which Log Parser separates by bars (|): one holds a bar, or the event has others than are known; export the log itself (wevtutil epl LOG FILE)'

/** An event as Microsoft's Log Parser prints it (-i:EVT): its values without their names, in local time. */
export function liftLogParser(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['EventID'])
  if (eventId === null) return null
  const provider = providerName(trimmed(fields['SourceName']))
  const data = namedValues(provider, eventId, valuesOf(eventId, text(fields['Strings']) ?? ''))
  return {
    provider,
    channel: trimmed(fields['EventLog']),
    eventId,
    computer: trimmed(fields['ComputerName']),
    created: () => createdAt(fields['TimeGenerated'], fields['TimeWritten']),
    printed: () => only(fields, 'TimeGenerated', 'TimeWritten'),
    recordId: text(fields['RecordNumber']),
    data: data ?? {},
    ...(data === null && { unread: UNTOLD }),
  }
}

/** Of a process creation more values than it has are those of its command line; as many may be those of an older one with bars in that. */
function valuesOf(eventId: number, strings: string): string[] {
  const values = strings.split(SEPARATOR)
  if (eventId === 1 && values.length === NEWEST && !ACCOUNT.test(values.at(-1) ?? '')) return []
  if (eventId !== 4688 || values.length < WHOLE) return values
  if (!LABEL.test(values.at(-1) ?? '')) return []
  const commandLine = values.slice(BEFORE, -BEHIND).join(SEPARATOR)
  return [...values.slice(0, BEFORE), commandLine, ...values.slice(-BEHIND)]
}
