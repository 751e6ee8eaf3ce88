import type { Outcome } from '@/lib/pipeline/event/event'
import { guid, text, trimmed } from '../field'
import { type EventResult, missing, type RecordOrigin } from '../result'
import type { CreationTime, WindowsRecord } from '../windows-record'
import { attempt, policyState } from './control-record'

const OUTCOMES: ReadonlyMap<number, Outcome> = new Map([
  [1121, 'blocked'],
  [1122, 'would-block'],
  [1129, 'warned'],
])

/** Defender Antivirus' log: what attack surface reduction rules did, and changes of its configuration. */
export function fromAttackSurfaceReduction(
  record: WindowsRecord,
  origin: RecordOrigin,
  at: CreationTime,
): EventResult | null {
  const { eventId, data } = record
  if (eventId === 5007) {
    const was = text(data['Old Value'])
    // of a value that is taken away nothing new is said: what it was is no confirmation
    const detail = text(data['New Value']) ?? (was && `${was}${REMOVED}`)
    return policyState({ ...CHANGED, policyId: ruleOf(detail), detail }, record, origin, at)
  }
  const outcome = OUTCOMES.get(eventId)
  if (outcome === undefined) return null
  const filePath = text(data['Path'])
  if (filePath === null) return missing(origin, 'Path')
  const fields = {
    control: 'asr',
    outcome,
    ruleId: guid(data['ID']),
    ruleName: null,
    policyId: null,
    policyName: null,
    filePath,
    originalFileName: null,
    signer: null,
    fileHash: null,
    commandLine: text(data['Target Commandline']),
    destination: null,
    pid: null,
    parentImage: text(data['Process Name']),
    parentCommandLine: text(data['Parent Commandline']),
    user: trimmed(data['User']),
    userSid: null,
  } as const
  return attempt(fields, origin, at)
}

/** What follows a value that was taken away. */
export const REMOVED = ' (removed)'

const CHANGED = { control: 'asr', state: 'changed', policyName: null } as const

/** A change of `…\ASR\Rules\GUID = 0x1` names the rule. */
function ruleOf(detail: string | null): string | null {
  return guid(/\\ASR\\Rules\\([0-9a-f-]{36})/i.exec(detail ?? '')?.[1])
}
