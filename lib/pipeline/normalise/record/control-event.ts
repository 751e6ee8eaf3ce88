import type { OtherEvent } from '@/lib/pipeline/event/event'
import type { WindowsRecord } from './windows-record'

/** The controls' logs and the events in them that report an attempt, a signature or a change of policy. */
const CONTROLS: readonly { log: string; eventIds: readonly number[] }[] = [
  { log: 'microsoft-windows-applocker', eventIds: [8002, 8003, 8004, 8005, 8006, 8007] },
  { log: 'microsoft-windows-codeintegrity', eventIds: [3076, 3077, 3089] },
  { log: 'microsoft-windows-windows defender', eventIds: [1121, 1122, 1129, 5007] },
]

/** Whether an event of a log that is no sensor is one of a control. */
export function kindOf({ provider, channel, eventId }: WindowsRecord): OtherEvent['kind'] {
  // a log's channels begin with its provider's name: "Microsoft-Windows-AppLocker/EXE and DLL"
  const log = (provider ?? channel ?? '').toLowerCase()
  return CONTROLS.some((control) => log.startsWith(control.log) && control.eventIds.includes(eventId))
    ? 'control-event'
    : 'other'
}
