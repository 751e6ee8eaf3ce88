import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, hexId, integrityLevel, pid, processId, separateHashes, text, trimmed } from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation, endpointOther } from './endpoint-creation'

const TIMES = ['_time', 'event_timestamp'] as const

/**
 * Rows of Cortex XDR's dataset `xdr_data` as XQL prints them: the actor started the action's process. Fields as its rules name them
 * (SigmaHQ/pySigma-backend-cortexxdr, process_creation) and its queries select them; a query may leave out the type.
 */
export function fromCortex(fields: JsonObject, position: number, context: RecordContext): EventResult | null {
  const image = firstText(fields['action_process_image_path'], fields['action_process_image_name'])
  const type = kindOf(fields['event_type'])
  const isRow = image !== null || (type !== null && fields['actor_process_image_path'] !== undefined)
  if (!isRow) return null
  const host = trimmed(fields['agent_hostname']) ?? context.defaultHost
  const origin = { position, recordId: text(fields['event_id']), host }
  const at = createdAt(...TIMES.map((time) => fields[time]))
  if (at === null) return untimed(fields, origin, TIMES, '_time')
  const isStart = (kindOf(fields['event_sub_type']) ?? 'PROCESS_START') === 'PROCESS_START'
  if (!isStart || (type ?? 'PROCESS') !== 'PROCESS') return endpointOther('edr', origin, at)
  return endpointCreation('edr', origin, at, image, processOf(fields), 'action_process_image_path')
}

/** Some print ENUM.PROCESS. */
function kindOf(value: JsonValue | undefined): string | null {
  return (
    trimmed(value)
      ?.toUpperCase()
      .replace(/^ENUM\./, '') ?? null
  )
}

function processOf(fields: JsonObject) {
  return {
    pid: pid(fields['action_process_os_pid']),
    parentPid: pid(fields['actor_process_os_pid']),
    processGuid: processId(fields['action_process_instance_id']),
    parentProcessGuid: processId(fields['actor_process_instance_id']),
    commandLine: text(fields['action_process_image_command_line']),
    currentDirectory: text(fields['action_process_cwd']),
    parentImage: firstText(fields['actor_process_image_path'], fields['actor_process_image_name']),
    parentCommandLine: text(fields['actor_process_command_line']),
    user: trimmed(fields['action_process_username']),
    integrityLevel: integrityLevel(fields['action_process_integrity_level']),
    logonId: hexId(fields['action_process_logon_id']),
    hashes: separateHashes({
      md5: fields['action_process_image_md5'],
      sha1: null,
      sha256: fields['action_process_image_sha256'],
    }),
    signer: signerOf(fields),
  }
}

/** Who is named in a signature that holds; a query may leave out if it does. */
function signerOf(fields: JsonObject): string | null {
  const status = kindOf(fields['action_process_signature_status'])
  const holds = status === null || status === 'SIGNED' || status === 'SIGNATURE_SIGNED'
  return holds ? trimmed(fields['action_process_signature_vendor']) : null
}
