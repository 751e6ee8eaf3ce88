import type { Attempt, PolicyState } from '@/lib/pipeline/event/event'
import { secondOf } from '../acting'
import type { EventResult, RecordOrigin } from '../result'
import type { CreationTime, WindowsRecord } from '../windows-record'

type Common = 'kind' | 'sensor' | 'recordKey' | keyof RecordOrigin | 'time' | 'timeSource'
/** What a control's own fields say of an attempt. */
export type AttemptFields = Omit<Attempt, Common>
export type PolicyFields = Omit<PolicyState, Common>

/** An attempt with its identity: what was tried by whom, and the printed second. Record ids start again when a log is cleared. */
export function attempt(fields: AttemptFields, origin: RecordOrigin, at: CreationTime): EventResult {
  const { control, outcome, filePath, pid, parentImage, userSid, user } = fields
  const what = `${filePath}:${pid}:${parentImage}:${userSid ?? user}`.toLowerCase()
  const event: Attempt = {
    kind: 'attempt',
    recordKey: `${control}:${outcome}:${what}:${fields.policyId}:${secondOf(at.time.us)}`,
    sensor: null,
    ...origin,
    time: at.time,
    timeSource: at.source,
    ...fields,
  }
  return { kind: 'event', event }
}

export function policyState(
  fields: PolicyFields,
  { eventId }: WindowsRecord,
  origin: RecordOrigin,
  at: CreationTime,
): EventResult {
  const { control, policyId, policyName, detail } = fields
  const event: PolicyState = {
    kind: 'policy-state',
    recordKey: `${control}:${eventId}:${policyId}:${policyName}:${detail}:${secondOf(at.time.us)}`,
    sensor: null,
    ...origin,
    time: at.time,
    timeSource: at.source,
    ...fields,
  }
  return { kind: 'event', event }
}
