import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, object, pid, separateHashes, text, trimmed } from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation } from './endpoint-creation'

/**
 * Rows of Velociraptor's artifacts Windows.Events.ProcessCreation (a file name only, and the names of its ancestors) and Windows.System.Pslist. The host is
 * that of the client where the export names it. Forwarded event logs are read as such.
 */
export function fromVelociraptor(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const isCreation =
    fields['PPID'] !== undefined && fields['PID'] !== undefined && fields['Name'] !== undefined
  const isListed = fields['Ppid'] !== undefined && fields['Pid'] !== undefined && fields['Name'] !== undefined
  if (!isCreation && !isListed) return null
  const origin = { position, recordId: null, host: velociraptorHost(fields) ?? context.defaultHost }
  const at = createdAt(isCreation ? fields['Timestamp'] : (fields['CreateTime'] ?? fields['StartTime']))
  const times = isCreation ? ['Timestamp'] : ['CreateTime', 'StartTime']
  if (at === null) return untimed(fields, origin, times, isCreation ? 'Timestamp' : 'CreateTime')
  const image = firstText(fields['Exe'], fields['Name'])
  const known = isCreation ? created(fields) : listed(fields)
  return endpointCreation('velociraptor', origin, at, image, known, 'Name')
}

/** The client's host name, else its id. */
export function velociraptorHost(fields: JsonObject): string | null {
  return firstText(fields['Fqdn'], fields['Hostname'], fields['ClientId'])?.trim() || null
}

function created(fields: JsonObject) {
  const [parentImage = null, grandparentImage = null] = ancestors(fields)
  return {
    pid: pid(fields['PID']),
    parentPid: pid(fields['PPID']),
    commandLine: text(fields['CommandLine']),
    parentImage,
    parentCommandLine: text(fields['ParentCommandLine']),
    grandparentImage,
  }
}

/** Versions print the chain from the process up, or down to it: the end that bears its name tells. */
function ancestors(fields: JsonObject): string[] {
  const chain = (text(fields['CallChain']) ?? '').split(/ <- | -> /, 64).map((name) => name.trim())
  const name = trimmed(fields['Name'])?.toLowerCase()
  const [isFirst, isLast] = [chain[0], chain.at(-1)].map((end) => end?.toLowerCase() === name)
  if (isFirst === isLast) return []
  return (isFirst ? chain : chain.toReversed()).slice(1).filter((ancestor) => ancestor !== '')
}

function listed(fields: JsonObject) {
  const hash = object(fields['Hash']) ?? {}
  return {
    pid: pid(fields['Pid']),
    parentPid: pid(fields['Ppid']),
    commandLine: text(fields['CommandLine']),
    user: trimmed(fields['Username']),
    hashes: separateHashes({ md5: hash['MD5'], sha1: hash['SHA1'], sha256: hash['SHA256'] }),
    signer: trimmed(object(fields['Authenticode'])?.['SubjectName']),
  }
}
