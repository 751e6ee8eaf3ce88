import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { Deployment } from '../deployment'
import type { PlacedBlock } from '../placed-block'
import { stableId } from '../stable-id'
import { inertText } from '../text/inert-text'
import { jsonText } from '../text/json-text'
import { ruleDescription, ruleName } from '../text/rule-name'
import { element, type XmlElement, xmlDocument } from '../text/xml'
import type { ExportFile, PolicyWriter } from './policy'

/** Signing ids of macOS's own binaries in the catalogue. */
const SIGNING_IDS: ReadonlyMap<string, string> = new Map([['osascript', 'platform:com.apple.osascript']])

const MONITOR = '1'

/** Santa on macOS: a rule by signing id, which holds for every copy. */
export const SANTA: PolicyWriter = {
  control: 'santa',
  refuses: refuseUnsigned,
  leavesOut: ({ mode }) => [
    ...(mode === 'audit'
      ? [
          'A blocklist rule blocks in Monitor mode as well, so the audit has no rule: the configuration logs every execution, and the binary’s are counted from there.',
        ]
      : []),
    'Scripts are not controlled: AppleScript that an application runs in its own process goes on.',
  ],
  blocksBesides: ({ entry }) => [
    `Every ${entry.name} that Apple signed, in any folder, for every user, management agents among them.`,
  ],
  write: (deployment) =>
    deployment.mode === 'audit'
      ? [santaConfiguration(deployment)]
      : [rules(deployment), santaConfiguration(deployment)],
  undo,
  deploy: [
    'Without a sync server: santactl rule --import rules.json on each Mac, by the MDM as root. With one: the rules in its own form.',
    'MDM: santa.mobileconfig as a configuration profile. It holds the settings that audit needs; join it with the profile that is there. ClientMode 1 is Monitor: leave it out where Santa runs in Lockdown.',
  ],
  verify: [
    'santactl status shows the mode and the number of rules; santactl fileinfo /usr/bin/osascript shows the rule that decides.',
  ],
}

function refuseUnsigned(entry: BlockedEntry): string | null {
  return SIGNING_IDS.has(entry.slug) ? null : `The signing id of ${entry.name} is not known here.`
}

function ruleOf(approved: PlacedBlock) {
  return {
    identifier: SIGNING_IDS.get(approved.entry.slug) ?? '',
    rule_type: 'SIGNINGID',
    policy: 'BLOCKLIST',
    custom_msg: `Blocked by a decision of your organisation (${approved.decisionId}).`,
    comment: inertText(`${ruleName(approved)}. ${ruleDescription(approved)}`),
  }
}

function rules(deployment: Deployment): ExportFile {
  return {
    name: `${deployment.slug}/rules.json`,
    about: 'Rules for santactl rule --import.',
    text: jsonText({ rules: deployment.blocks.map(ruleOf) }),
  }
}

function undo(deployment: Deployment): ExportFile {
  const removed = deployment.blocks.map((approved) => ({ ...ruleOf(approved), policy: 'REMOVE' }))
  return {
    name: `${deployment.slug}/undo.json`,
    about: 'santactl rule --import undo.json takes the rules back; remove the profile in the MDM.',
    text: jsonText({ rules: removed }),
  }
}

export function santaConfiguration(deployment: Deployment): ExportFile {
  const payload = dictionary([
    ['ClientMode', element('integer', {}, MONITOR)],
    ['EventLogType', element('string', {}, 'json')],
    ['PayloadDisplayName', element('string', {}, `Santa: ${deployment.label}`)],
    ['PayloadIdentifier', element('string', {}, `cordon.santa.${deployment.id}.settings`)],
    ['PayloadType', element('string', {}, 'com.northpolesec.santa')],
    ['PayloadUUID', element('string', {}, stableId('santa-payload', deployment.id))],
    ['PayloadVersion', element('integer', {}, '1')],
  ])
  const profile = dictionary([
    ['PayloadContent', element('array', {}, [payload])],
    ['PayloadDisplayName', element('string', {}, `Cordon: ${deployment.label} (${deployment.mode})`)],
    ['PayloadIdentifier', element('string', {}, `cordon.santa.${deployment.id}`)],
    ['PayloadScope', element('string', {}, 'System')],
    ['PayloadType', element('string', {}, 'Configuration')],
    ['PayloadUUID', element('string', {}, deployment.id)],
    ['PayloadVersion', element('integer', {}, '1')],
  ])
  return {
    name: `${deployment.slug}/santa.mobileconfig`,
    about:
      'Monitor mode with every execution logged as JSON. For Google’s older Santa, change the payload type to com.google.santa.',
    text: xmlDocument(element('plist', { version: '1.0' }, [profile])),
  }
}

function dictionary(entries: readonly (readonly [string, XmlElement])[]): XmlElement {
  return element(
    'dict',
    {},
    entries.flatMap(([key, value]) => [element('key', {}, key), value]),
  )
}
