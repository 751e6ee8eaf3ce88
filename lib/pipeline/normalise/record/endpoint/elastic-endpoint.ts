import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { account, object, pid, processId, separateHashes, sid, text, trimmed } from '../field'
import type { EventResult, RecordContext } from '../result'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

/** Events in the Elastic Common Schema that are no Windows events: Elastic's own agent and others. */
export function fromElasticEndpoint(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const [event, process] = [object(fields['event']), object(fields['process'])]
  const at = createdAt(fields['@timestamp'])
  if (event === null || process === null || at === null) return null
  const host = trimmed(object(fields['host'])?.['name']) ?? context.defaultHost
  const origin = { position, recordId: text(event['id']), host }
  const isProcess = list(event['category']).includes('process')
  const types = list(event['type'])
  const image = text(process['executable'] ?? process['name'])
  const acting = { pid: pid(process['pid']), processGuid: idOf(process), image }
  if (isProcess && types.includes('end')) return endpointEnd('edr', origin, at, acting)
  if (!isProcess || !types.includes('start')) return endpointOther('edr', origin, at)
  const known = processOf(process, object(fields['user']) ?? {})
  return endpointCreation('edr', origin, at, image, known, 'process.executable')
}

/** Fields that may hold one value or several. */
function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [value ?? null]
}

function idOf(process: JsonObject | null): string | null {
  return processId(process?.['entity_id'])
}

function processOf(process: JsonObject, user: JsonObject) {
  const parent = object(process['parent']) ?? {}
  const hash = object(process['hash']) ?? {}
  const pe = object(process['pe'])
  const token = object(object(process['Ext'])?.['token'])
  return {
    pid: pid(process['pid']),
    parentPid: pid(parent['pid']),
    processGuid: idOf(process),
    parentProcessGuid: idOf(parent),
    commandLine: text(process['command_line']),
    currentDirectory: text(process['working_directory']),
    originalFileName: text(pe?.['original_file_name']),
    parentImage: text(parent['executable'] ?? parent['name']),
    parentCommandLine: text(parent['command_line']),
    user: account(user['domain'], user['name']),
    userSid: sid(user['id']),
    integrityLevel: trimmed(token?.['integrity_level_name'])?.toLowerCase() ?? null,
    hashes: separateHashes({
      md5: hash['md5'],
      sha1: hash['sha1'],
      sha256: hash['sha256'],
      imphash: pe?.['imphash'],
    }),
    signer: trimmed(object(process['code_signature'])?.['subject_name']),
  }
}
