import type { Outcome } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { digest, firstText, guid, text, trimmed } from '../field'
import { type EventResult, missing, type RecordOrigin } from '../result'
import type { CreationTime, WindowsRecord } from '../windows-record'
import { attempt, policyState } from './control-record'

const OUTCOMES: ReadonlyMap<number, Outcome> = new Map([
  [3076, 'would-block'],
  [3077, 'blocked'],
  [8028, 'would-block'],
  [8029, 'blocked'],
])

/** App Control's log: 3076 would have blocked, 3077 blocked, 3099 loaded a policy; 3089 tells a signature and is counted only. */
export function fromCodeIntegrity(
  record: WindowsRecord,
  origin: RecordOrigin,
  at: CreationTime,
): EventResult | null {
  const { eventId, data } = record
  if (eventId === 3099) return policyState(loadedPolicy(data), record, origin, at)
  return OUTCOMES.has(eventId) ? scriptAttempt(record, origin, at) : null
}

function loadedPolicy(data: JsonObject) {
  return {
    control: 'app-control',
    state: 'applied',
    policyId: guid(data['PolicyGUID']) ?? firstText(data['PolicyIdBuffer'], data['PolicyID']),
    policyName: firstText(data['PolicyNameBuffer'], data['PolicyName']),
    detail: null,
  } as const
}

/** Programs (3076, 3077) and scripts (8028, 8029) have the same fields; names come with blanks and without. */
export function scriptAttempt(
  { eventId, data }: WindowsRecord,
  origin: RecordOrigin,
  at: CreationTime,
): EventResult {
  const filePath = firstText(data['File Name'], data['FileName'], data['FilePath'])
  const outcome = OUTCOMES.get(eventId)
  if (filePath === null || outcome === undefined) return missing(origin, 'File Name')
  const fields = {
    control: 'app-control',
    outcome,
    ruleId: null,
    ruleName: null,
    policyId: guid(data['PolicyGUID']) ?? firstText(data['PolicyID']),
    policyName: trimmed(data['PolicyName']),
    filePath,
    originalFileName: text(data['OriginalFileName']),
    signer: null,
    fileHash: digest(data['SHA256 Hash']) ?? digest(data['SHA256Hash']),
    commandLine: null,
    destination: null,
    pid: null,
    parentImage: firstText(data['Process Name'], data['ProcessName']),
    parentCommandLine: null,
    user: null,
    userSid: null,
  } as const
  return attempt(fields, origin, at)
}
