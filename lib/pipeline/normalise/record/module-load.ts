import type { ModuleLoad } from '@/lib/pipeline/event/event'
import { actingKey, secondOf, sysmonActing } from './acting'
import { flag, listedHashes, text, trimmed } from './field'
import { type EventResult, missing, type RecordOrigin } from './result'
import type { CreationTime, WindowsRecord } from './windows-record'

/** Sysmon 7: a process loaded a file as code. */
export function moduleLoad(record: WindowsRecord, origin: RecordOrigin, at: CreationTime): EventResult {
  const { data } = record
  const module = text(data['ImageLoaded'])
  if (module === null) return missing(origin, 'ImageLoaded')
  const acting = sysmonActing(record)
  const event: ModuleLoad = {
    kind: 'module-load',
    recordKey: `sysmon:7:${actingKey(acting)}:${module.toLowerCase()}:${secondOf(at.time.us)}`,
    sensor: 'sysmon',
    ...origin,
    time: at.time,
    timeSource: at.source,
    ...acting,
    module,
    originalFileName: text(data['OriginalFileName']),
    hashes: listedHashes(data['Hashes'] ?? data['Hash']),
    signed: flag(data['Signed']),
    signer: text(data['Signature']),
    signatureStatus: trimmed(data['SignatureStatus'])?.toLowerCase() ?? null,
  }
  return { kind: 'event', event }
}
