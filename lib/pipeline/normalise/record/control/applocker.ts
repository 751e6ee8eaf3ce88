import type { Outcome } from '@/lib/pipeline/event/event'
import { digest, guid, pid, sid, text, trimmed } from '../field'
import { type EventResult, missing, type RecordOrigin } from '../result'
import type { CreationTime, WindowsRecord } from '../windows-record'
import { scriptAttempt } from './code-integrity'
import { attempt, policyState } from './control-record'

/** 8002 to 8004 speak of programs and libraries, 8005 to 8007 of installers and scripts. */
const OUTCOMES: ReadonlyMap<number, Outcome> = new Map([
  [8002, 'allowed'],
  [8003, 'would-block'],
  [8004, 'blocked'],
  [8005, 'allowed'],
  [8006, 'would-block'],
  [8007, 'blocked'],
])

/** AppLocker's log: UserData/RuleAndFileData. App Control's word on scripts (8028, 8029) stands in the same log. */
export function fromAppLocker(
  record: WindowsRecord,
  origin: RecordOrigin,
  at: CreationTime,
): EventResult | null {
  const { eventId, data } = record
  if (eventId === 8001)
    return policyState(
      { control: 'applocker', state: 'applied', policyId: null, policyName: null, detail: null },
      record,
      origin,
      at,
    )
  if (eventId === 8028 || eventId === 8029) return scriptAttempt(record, origin, at)
  const outcome = OUTCOMES.get(eventId)
  if (outcome === undefined) return null
  // FilePath abbreviates folders (%SYSTEM32%); newer builds print the whole path beside it
  const filePath = text(data['FullFilePath']) ?? text(data['FilePath'])
  if (filePath === null) return missing(origin, 'FilePath')
  const fields = {
    control: 'applocker',
    outcome,
    ruleId: guid(data['RuleId']),
    ruleName: text(data['RuleName']),
    policyId: null,
    policyName: trimmed(data['PolicyName']),
    filePath,
    ...publisher(text(data['Fqbn'])),
    fileHash: digest(data['FileHash']),
    commandLine: null,
    destination: null,
    pid: pid(data['TargetProcessId']),
    parentImage: null,
    parentCommandLine: null,
    user: null,
    userSid: sid(data['TargetUser']),
  } as const
  return attempt(fields, origin, at)
}

/** `O=…, C=US\PRODUCT\BINARY.EXE\11.0.0.0`: the certificate's subject, the product, the original file name, the version. */
function publisher(fqbn: string | null): { originalFileName: string | null; signer: string | null } {
  const [subject = '', , binary = ''] = (fqbn ?? '').split('\\', 4)
  return { originalFileName: trimmed(binary), signer: trimmed(subject) }
}
