import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { velociraptorHost } from '../endpoint/velociraptor'
import { integer, object } from '../field'
import type { WindowsRecord } from '../windows-record'

/** What Velociraptor's Windows.Sysinternals.SysmonLogForward sends of a Sysmon event: id, time and fields. */
export function liftForwarded(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['ID'])
  if (eventId === null) return null
  return {
    provider: 'Microsoft-Windows-Sysmon',
    channel: null,
    eventId,
    computer: velociraptorHost(fields),
    created: () => createdAt(fields['Timestamp']),
    recordId: null,
    data: object(fields['EventData']) ?? {},
  }
}
