import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAtUtc } from '../creation-time'
import { firstText, guid, pid, separateHashes, sid, text, trimmed } from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation, endpointEnd } from './endpoint-creation'

/** Process events in Microsoft Sentinel's information model (ASIM): the acting process made the target; its own parent is `ParentProcess…`. */
export function fromSentinelModel(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const image = text(fields['TargetProcessName'])
  const type = trimmed(fields['EventType'])
  if (image === null || (type !== 'ProcessCreated' && type !== 'ProcessTerminated')) return null
  const host = firstText(fields['DvcFQDN'], fields['DvcHostname'], fields['Dvc'])?.trim()
  const origin = { position, recordId: text(fields['EventOriginalUid']), host: host || context.defaultHost }
  const at = createdAtUtc(fields['TimeGenerated'])
  if (at === null) return untimed(fields, origin, ['TimeGenerated'], 'TimeGenerated')
  const processGuid = guid(fields['TargetProcessGuid'])
  // without Sysmon's own id a record is another view of its process: correlation finds them to be one
  const isSysmon = processGuid !== null && /sysmon/i.test(trimmed(fields['EventProduct']) ?? '')
  const sensor = isSysmon ? 'sysmon' : 'edr'
  const acting = { pid: pid(fields['TargetProcessId']), processGuid, image }
  if (type === 'ProcessTerminated') return endpointEnd(sensor, origin, at, acting)
  return endpointCreation(
    sensor,
    origin,
    at,
    image,
    { ...processOf(fields), processGuid },
    'TargetProcessName',
  )
}

function processOf(fields: JsonObject) {
  return {
    pid: pid(fields['TargetProcessId']),
    parentPid: pid(fields['ActingProcessId']),
    parentProcessGuid: guid(fields['ActingProcessGuid']),
    commandLine: text(fields['TargetProcessCommandLine']),
    currentDirectory: text(fields['TargetProcessCurrentDirectory']),
    originalFileName: text(fields['TargetProcessFileOriginalName']),
    parentImage: text(fields['ActingProcessName']),
    parentCommandLine: text(fields['ActingProcessCommandLine']),
    grandparentImage: text(fields['ParentProcessName']),
    user: firstText(fields['TargetUsername'], fields['ActorUsername'])?.trim() || null,
    userSid: sid(fields['TargetUserId']) ?? sid(fields['TargetUserSid']),
    integrityLevel: trimmed(fields['TargetProcessIntegrityLevel'])?.toLowerCase() ?? null,
    hashes: separateHashes({
      md5: fields['TargetProcessMD5'],
      sha1: fields['TargetProcessSHA1'],
      sha256: fields['TargetProcessSHA256'],
      imphash: fields['TargetProcessIMPHASH'],
    }),
  }
}
