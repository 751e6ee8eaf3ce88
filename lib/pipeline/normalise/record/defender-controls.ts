import type { Control, Outcome } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { attempt } from './control/control-record'
import { joinPath } from './defender-tables'
import { account, digest, firstText, guid, object, objectOfJson, sid, text, trimmed } from './field'
import { type EventResult, missing, type RecordOrigin } from './result'
import type { CreationTime } from './windows-record'

/**
 * What DeviceEvents says that controls did. Attack surface reduction has a name for each rule; those of application control are told apart by the log
 * they come from (Microsoft's "Querying App Control events centrally"; events 3076, 3077, 8028, 8029 of App Control, 8003 to 8007 and 8021 to 8025 of
 * AppLocker).
 */
const ACTIONS: readonly (readonly [action: RegExp, control: Control])[] = [
  [/^Asr[A-Z]\w*?(Audited|Blocked|WarnBypassed)$/, 'asr'],
  // not CodeIntegrityOrigin…, events 3091 and 3092: what reputation and managed installers said of a file, beside 3076 or 3077
  [/^AppControl(?:CodeIntegrityPolicy|CIScript)(Audited|Blocked)$/, 'app-control'],
  [/^AppControl(?:Executable|Script|PackagedApp|AppInstallation)(Audited|Blocked)$/, 'applocker'],
  [/^AppLocker(Block)(?:Executable|Script|PackagedApp|PackagedAppInstallation)$/, 'applocker'],
]
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  Audited: 'would-block',
  Blocked: 'blocked',
  Block: 'blocked',
  WarnBypassed: 'warned',
}

/** An attempt that a control reports in DeviceEvents; null for other actions. */
export function defenderAttempt(
  action: string,
  fields: JsonObject,
  origin: RecordOrigin,
  at: CreationTime,
): EventResult | null {
  const [control, outcome] = saidBy(action)
  if (control === undefined || outcome === undefined) return null
  const filePath = joinPath(fields['FolderPath'], fields['FileName'])
  if (filePath === null) return missing(origin, 'FolderPath', 'FileName')
  const more = object(fields['AdditionalFields']) ?? objectOfJson(fields['AdditionalFields']) ?? {}
  const isAsr = control === 'asr'
  const said = {
    control,
    outcome,
    ruleId: isAsr ? guid(more['RuleId']) : null,
    ruleName: null,
    // people's queries take them out of the additional fields
    policyId: guid(more['PolicyID'] ?? fields['PolicyId']),
    policyName: trimmed(more['PolicyName'] ?? fields['PolicyName']),
    filePath,
    originalFileName: text(more['OriginalFileName'] ?? fields['OriginalFileName']),
    signer: null,
    fileHash: digest(more['AuthenticodeHash'] ?? fields['AuthenticodeHash']),
    commandLine: text(fields['ProcessCommandLine']),
    destination: null,
    pid: null,
    parentImage: joinPath(fields['InitiatingProcessFolderPath'], fields['InitiatingProcessFileName']),
    parentCommandLine: text(fields['InitiatingProcessCommandLine']),
    user: userOf(fields),
    userSid: sid(firstText(fields['AccountSid'], fields['InitiatingProcessAccountSid'])),
  }
  return attempt(said, origin, at)
}

function saidBy(action: string): [Control?, Outcome?] {
  for (const [pattern, control] of ACTIONS) {
    const ending = pattern.exec(action)?.[1]
    if (ending !== undefined) return [control, OUTCOMES[ending]]
  }
  return []
}

function userOf(fields: JsonObject): string | null {
  return (
    account(fields['AccountDomain'], fields['AccountName']) ??
    account(fields['InitiatingProcessAccountDomain'], fields['InitiatingProcessAccountName'])
  )
}
