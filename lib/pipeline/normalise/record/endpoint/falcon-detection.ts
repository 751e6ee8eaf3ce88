import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { joinPath } from '../defender-tables'
import { account, firstText, object, pid, separateHashes, sid, text, trimmed } from '../field'
import { type RecordOrigin, rejected, untimed } from '../result'
import { falconId } from './crowdstrike'
import { type EndpointReader, endpointCreation, endpointOther } from './endpoint-creation'

/** Of Falcon's event stream; the older name came first. */
const DETECTION = /^(?:Event_)?(?:Epp)?DetectionSummaryEvent$/

/**
 * The process that a detection of Falcon's is about: of the event stream (`DetectionSummaryEvent`, `EppDetectionSummaryEvent`) and of the alerts' interface
 * (`cmdline`). It has Falcon's own id of the process, by which it is one with its ProcessRollup2. Other events of the stream are counted.
 */
export const fromFalconDetection: EndpointReader = (fields, position, context) => {
  const streamed = object(fields['metadata'])
  const name = trimmed(streamed?.['eventType'] ?? fields['ExternalApiType'])
  const event = object(fields['event']) ?? fields
  const origin = (host: string | null) => ({ position, recordId: null, host: host ?? context.defaultHost })
  if (name !== null && DETECTION.test(name))
    return ofStream(event, origin(trimmed(event['Hostname'] ?? event['ComputerName'])))
  if (fields['cmdline'] !== undefined && fields['agent_id'] !== undefined)
    return ofAlert(fields, origin(trimmed(object(fields['device'])?.['hostname'])))
  if (fields['deviceVendor'] === 'CrowdStrike') return ofCef(fields, origin(null))
  const at = name === null ? null : createdAt(streamed?.['eventCreationTime'])
  return at === null ? null : endpointOther('crowdstrike', origin(null), at)
}

const IN_CEF =
  'a detection of Falcon as CEF, which has no start of its process: have the SIEM connector write JSON, or export the detections as JSON'

function ofCef(fields: JsonObject, origin: RecordOrigin) {
  if (DETECTION.test(trimmed(fields['deviceEventClassId']) ?? '')) return rejected(origin, IN_CEF)
  const at = createdAt(object(fields['extension'])?.['rt'])
  return at === null ? null : endpointOther('crowdstrike', origin, at)
}

function ofStream(event: JsonObject, origin: RecordOrigin) {
  const at = createdAt(event['ProcessStartTime'])
  if (at === null) return untimed(event, origin, ['ProcessStartTime'], 'ProcessStartTime')
  const aid = event['AgentId'] ?? event['SensorId'] ?? null
  const known = {
    processGuid: falconId({ aid }, event['ProcessId']),
    parentProcessGuid: falconId({ aid }, event['ParentProcessId']),
    commandLine: text(event['CommandLine']),
    parentImage: firstText(event['ParentImageFilePath'], event['ParentImageFileName']),
    parentCommandLine: text(event['ParentCommandLine']),
    grandparentImage: firstText(event['GrandParentImageFilePath'], event['GrandParentImageFileName']),
    user: account(event['LogonDomain'] ?? event['MachineDomain'], event['UserName']),
    hashes: separateHashes({
      md5: event['MD5String'],
      sha1: event['SHA1String'],
      sha256: event['SHA256String'],
    }),
  }
  const image = joinPath(event['FilePath'], event['FileName'])
  return endpointCreation('crowdstrike', origin, at, image, known, 'FileName')
}

function ofAlert(alert: JsonObject, origin: RecordOrigin) {
  const at = createdAt(alert['process_start_time'])
  if (at === null) return untimed(alert, origin, ['process_start_time'], 'process_start_time')
  const aid = alert['agent_id'] ?? null
  const parent = object(alert['parent_details']) ?? {}
  const grandparent = object(alert['grandparent_details']) ?? {}
  const known = {
    pid: pid(alert['local_process_id']),
    parentPid: pid(parent['local_process_id']),
    processGuid: falconId({ aid }, alert['process_id']),
    parentProcessGuid: falconId({ aid }, parent['process_id']),
    commandLine: text(alert['cmdline']),
    parentImage: firstText(parent['filepath'], parent['filename']),
    parentCommandLine: text(parent['cmdline']),
    grandparentImage: firstText(grandparent['filepath'], grandparent['filename']),
    user: account(alert['logon_domain'], alert['user_name']),
    userSid: sid(alert['user_id']),
    hashes: separateHashes({ md5: alert['md5'], sha1: alert['sha1'], sha256: alert['sha256'] }),
  }
  const image = joinPath(alert['filepath'], alert['filename'])
  return endpointCreation('crowdstrike', origin, at, image, known, 'filename')
}
