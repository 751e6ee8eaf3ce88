import type { EventResult, RecordOrigin } from '../result'
import type { CreationTime, WindowsRecord } from '../windows-record'
import { fromAppLocker } from './applocker'
import { fromAttackSurfaceReduction } from './attack-surface-reduction'
import { fromCodeIntegrity } from './code-integrity'

type Reader = (record: WindowsRecord, origin: RecordOrigin, at: CreationTime) => EventResult | null

/** The controls' logs: a log's channels begin with its provider's name, "Microsoft-Windows-AppLocker/EXE and DLL". */
const CONTROLS: readonly (readonly [log: string, read: Reader])[] = [
  ['microsoft-windows-applocker', fromAppLocker],
  ['microsoft-windows-codeintegrity', fromCodeIntegrity],
  ['microsoft-windows-windows defender', fromAttackSurfaceReduction],
]

/** What the log of a control reports; null for events of no interest and of other logs. */
export function readControl(record: WindowsRecord, origin: RecordOrigin): EventResult | null {
  const log = (record.provider ?? record.channel ?? '').toLowerCase()
  const read = readerOf(log)
  const created = read === undefined ? null : record.created()
  return read === undefined || created === null ? null : read(record, origin, created)
}

/** Whether a log, named in lower case, is a control's. */
export function isControlLog(log: string): boolean {
  return readerOf(log) !== undefined
}

function readerOf(log: string): Reader | undefined {
  return CONTROLS.find(([name]) => log.startsWith(name))?.[1]
}

/** App Control's 3089 tells the signature of the file that 3076 or 3077 named. */
export function isControlEvent({ provider, channel, eventId }: WindowsRecord): boolean {
  return (
    eventId === 3089 &&
    (provider ?? channel ?? '').toLowerCase().startsWith('microsoft-windows-codeintegrity')
  )
}
