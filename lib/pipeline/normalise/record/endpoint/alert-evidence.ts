import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { joinPath } from '../defender-tables'
import { account, object, pid, separateHashes, sid, text, trimmed } from '../field'
import { untimed } from '../result'
import { type EndpointReader, endpointCreation, endpointOther } from './endpoint-creation'

const TIMES = ['processCreationDateTime', 'processCreationTime'] as const

/**
 * A process among the evidence of an alert of Defender's, as `processesOfAlert` takes it out; alerts without one are counted. It is a view of what
 * DeviceProcessEvents tells of the same process.
 */
export const fromAlertEvidence: EndpointReader = (fields, position, context) => {
  const process = object(fields['processEvidence'])
  if (process === null) return fromAlert(fields, position)
  const host = trimmed(fields['deviceDnsName']) ?? context.defaultHost
  const origin = { position, recordId: null, host }
  const at = createdAt(...TIMES.map((name) => process[name]))
  if (at === null) return untimed(process, origin, TIMES, TIMES[0])
  const [image, parent] = [fileOf(process, 'image'), fileOf(process, 'parent')]
  const user = object(process['userAccount']) ?? process
  const known = {
    pid: pid(process['processId']),
    parentPid: pid(process['parentProcessId']),
    commandLine: text(process['processCommandLine']),
    parentImage: joinPath(parent['filePath'], parent['fileName']),
    user: account(user['domainName'], user['accountName']),
    userSid: sid(user['userSid']),
    hashes: separateHashes({ md5: image['md5'], sha1: image['sha1'], sha256: image['sha256'] }),
  }
  return endpointCreation(
    'edr',
    origin,
    at,
    joinPath(image['filePath'], image['fileName']),
    known,
    'filePath',
  )
}

/** Graph has an object for each file, Defender's own interface fields beside the process's. */
function fileOf(process: JsonObject, which: 'image' | 'parent'): JsonObject {
  if (which === 'image') return object(process['imageFile']) ?? process
  const { parentProcessFilePath: filePath = null, parentProcessFileName: fileName = null } = process
  return object(process['parentProcessImageFile']) ?? { filePath, fileName }
}

function fromAlert(fields: JsonObject, position: number) {
  if (!Array.isArray(fields['evidence'])) return null
  const at = createdAt(fields['createdDateTime'], fields['alertCreationTime'])
  return at === null ? null : endpointOther('edr', { position, recordId: null, host: null }, at)
}
