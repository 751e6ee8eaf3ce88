import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, hexId, integer, pid, separateHashes, sid, text, trimmed } from '../field'
import type { EventResult, RecordContext } from '../result'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

/** The end of a mandatory label's SID, as a number. */
const INTEGRITY: readonly (readonly [number, string])[] = [
  [0x4000, 'system'],
  [0x3000, 'high'],
  [0x2000, 'medium'],
  [0x1000, 'low'],
]
/** Synthetic ones tell of processes that ran before the sensor did. */
const CREATIONS: ReadonlySet<string> = new Set(['ProcessRollup2', 'SyntheticProcessRollup2'])
const ENDS: ReadonlySet<string> = new Set(['EndOfProcess', 'TerminateProcess'])

/** Falcon's events as its data replicator and its search print them. Processes have ids of its own, unique with the sensor's (`aid`). */
export function fromCrowdStrike(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const name = trimmed(fields['event_simpleName'] ?? fields['#event_simpleName'])
  if (name === null) return null
  const host = firstText(fields['ComputerName'])?.trim() || context.defaultHost || trimmed(fields['aid'])
  const origin = { position, recordId: text(fields['id'] ?? fields['@id']), host }
  const at = createdAt(fields['timestamp'], fields['@timestamp'])
  if (CREATIONS.has(name)) {
    const started = createdAt(fields['ProcessStartTime']) ?? at
    const image = firstText(fields['ImageFileName'], fields['FilePath'], fields['FileName'])
    const names = { image: 'ImageFileName', time: 'ProcessStartTime' }
    return endpointCreation('crowdstrike', origin, started, image, processOf(fields), names)
  }
  if (!ENDS.has(name)) return endpointOther('crowdstrike', origin, at)
  return endpointEnd('crowdstrike', origin, at, {
    pid: pid(fields['RawProcessId']),
    processGuid: idOf(fields, fields['TargetProcessId']),
    image: text(fields['ImageFileName']),
  })
}

function processOf(fields: JsonObject) {
  return {
    pid: pid(fields['RawProcessId']),
    processGuid: idOf(fields, fields['TargetProcessId']),
    parentProcessGuid: idOf(fields, fields['ParentProcessId']),
    commandLine: text(fields['CommandLine']),
    originalFileName: text(fields['OriginalFilename']),
    parentImage: text(fields['ParentBaseFileName']),
    grandparentImage: text(fields['GrandParentBaseFileName']),
    user: trimmed(fields['UserName']),
    userSid: sid(fields['UserSid']),
    integrityLevel: integrityLevel(fields['IntegrityLevel']),
    logonId: hexId(fields['AuthenticationId']),
    hashes: separateHashes({
      md5: fields['MD5HashData'],
      sha1: fields['SHA1HashData'],
      sha256: fields['SHA256HashData'],
    }),
  }
}

function idOf({ aid }: JsonObject, process: JsonValue | undefined): string | null {
  const id = trimmed(process)
  return id === null ? null : `${trimmed(aid) ?? ''}:${id}`.slice(0, 64).toLowerCase()
}

function integrityLevel(value: JsonValue | undefined): string | null {
  const level = integer(value)
  return INTEGRITY.find(([least]) => level !== null && level >= least)?.[1] ?? null
}
