import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/** A Sysmon 13 of the same machine and moment as a winlogbeat document, a line: what most of a log is. */
export function registryChange(fields: JsonObject, number: number): string {
  const winlog = fields['winlog'] as JsonObject
  return JSON.stringify({
    ...fields,
    winlog: {
      ...winlog,
      event_id: 13,
      record_id: number,
      event_data: {
        ...(winlog['event_data'] as JsonObject),
        EventType: 'SetValue',
        TargetObject: `HKLM\\SOFTWARE\\Example\\${number}`,
        Details: 'DWORD (0x00000001)',
      },
    },
  })
}
