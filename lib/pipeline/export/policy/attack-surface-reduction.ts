import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { Deployment } from '../deployment'
import { jsonText } from '../text/json-text'
import { giveSettingBack, keepSetting } from '../text/kept-settings'
import { powerShellScript } from '../text/power-shell'
import { powerShellList, powerShellText } from '../text/quote'
import { ASR_ACTIONS, type AsrRule, NEAR_RULES, STANDARD_RULES } from './asr-rules'
import type { ExportFile, PolicyWriter } from './policy'

/** Defender's attack surface reduction: fixed rules, of which none names a proxy binary; some stop the ways to it. */
export const ATTACK_SURFACE_REDUCTION: PolicyWriter = {
  control: 'asr',
  refuses: refuseLibraries,
  leavesOut: ({ entry }) => [
    `No rule names ${entry.name}: these rules close ways that lead to it, and it runs on when started in other ways.`,
    'Works only where Microsoft Defender Antivirus is the active antivirus.',
    ...nearRules([entry.slug])
      .filter(({ staysInAudit }) => staysInAudit)
      .map(({ name, stops }) => `Only writes down, in every mode: ${name}: ${stops}.`),
  ],
  blocksBesides: ({ entry }) =>
    [...STANDARD_RULES, ...nearRules([entry.slug])]
      .filter(({ staysInAudit }) => !staysInAudit)
      .map(({ name, stops }) => `${name}: ${stops}.`),
  write: (deployment) => [
    script(deployment, '1-standard', STANDARD_RULES, 'The three rules that Microsoft turns on first.'),
    script(
      deployment,
      '2-near-proxy-execution',
      nearOf(deployment),
      'Rules that close ways to the binaries decided on. After the first have run quietly.',
    ),
    values(deployment),
  ],
  undo,
  deploy: [
    'Standard protection first; the other rules once a month of audit events holds nothing that is needed.',
    'Intune: Endpoint security, Attack surface reduction; or a custom profile with the OMA-URI and value of values.json.',
    'Group Policy: Configure Attack Surface Reduction rules, with the names and values of values.json.',
    'One host: the scripts, in an elevated PowerShell. A rule that is set more strictly already is left as it is.',
  ],
  verify: [
    'Event 5007 in Microsoft-Windows-Windows Defender/Operational says that a rule was changed; Get-MpPreference lists ids and actions.',
    'While auditing, event 1122 says what would have been blocked; blocking, 1121. Both come to Attempts when the channel is sent.',
  ],
}

/** The name that a rule's action of before is kept under. */
const KEPT = '"ASR $id"'

function refuseLibraries({ kind }: BlockedEntry): string | null {
  return kind === 'library' ? 'No rule looks at which library is loaded.' : null
}

function nearRules(slugs: readonly string[]): AsrRule[] {
  return NEAR_RULES.filter(({ only }) => only === null || slugs.some((slug) => only.includes(slug)))
}

function nearOf({ blocks }: Deployment): AsrRule[] {
  return nearRules(blocks.map(({ entry }) => entry.slug))
}

/** Rules that close ways to a binary and that are set to block, by id: what a host reports once they are. */
export function blockingRuleIds(slug: string): string[] {
  return nearRules([slug]).flatMap(({ id, staysInAudit }) => (staysInAudit ? [] : [id]))
}

function actionOf({ mode }: Deployment, { staysInAudit }: AsrRule): keyof typeof ASR_ACTIONS {
  return mode === 'audit' || staysInAudit ? 'AuditMode' : 'Enabled'
}

function script(deployment: Deployment, name: string, rules: readonly AsrRule[], about: string): ExportFile {
  const pairs = rules.map(
    (rule) => `  ${powerShellText(rule.id)} = ${powerShellText(actionOf(deployment, rule))}`,
  )
  return {
    name: `${deployment.slug}/${name}.ps1`,
    about,
    text: powerShellScript(
      [
        `Attack surface reduction for: ${deployment.label} (${deployment.mode}).`,
        ...rules.map(({ id, name: called }) => `${id} ${called}`),
      ],
      [
        '$wanted = [ordered]@{',
        ...pairs,
        '}',
        // 0 off, 1 block, 2 audit, 6 warn: block and warn are never turned down to audit
        '$current = @{}',
        '$preference = Get-MpPreference',
        // where no rule was ever set both are $null, of which @() makes a list of one
        '$ids = @($preference.AttackSurfaceReductionRules_Ids | Where-Object { $null -ne $_ })',
        '$actions = @($preference.AttackSurfaceReductionRules_Actions | Where-Object { $null -ne $_ })',
        'for ($i = 0; $i -lt $ids.Count; $i++) { $current[[string]$ids[$i]] = [int]$actions[$i] }',
        'foreach ($id in $wanted.Keys) {',
        "  if (@(1, 6) -contains $current[$id] -and $wanted[$id] -eq 'AuditMode') { continue }",
        ...keepSetting(KEPT, '$current[$id]').map((line) => `  ${line}`),
        '  Add-MpPreference -AttackSurfaceReductionRules_Ids $id -AttackSurfaceReductionRules_Actions $wanted[$id]',
        '}',
      ],
    ),
  }
}

function values(deployment: Deployment): ExportFile {
  const rules = [...STANDARD_RULES, ...nearOf(deployment)].map((rule) => ({
    id: rule.id,
    name: rule.name,
    action: ASR_ACTIONS[actionOf(deployment, rule)],
  }))
  const content = {
    intune: {
      omaUri: './Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReductionRules',
      dataType: 'String',
      value: rules.map(({ id, action }) => `${id}=${action}`).join('|'),
    },
    groupPolicy: {
      key: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR',
      enabled: { name: 'ExploitGuard_ASR_Rules', type: 'REG_DWORD', value: 1 },
      rules: rules.map(({ id, action }) => ({ name: id, type: 'REG_SZ', value: String(action) })),
    },
    rules,
  }
  return {
    name: `${deployment.slug}/values.json`,
    about: 'The same rules as Intune and Group Policy take them.',
    text: jsonText(content),
  }
}

function undo(deployment: Deployment): ExportFile {
  const ids = [...STANDARD_RULES, ...nearOf(deployment)].map(({ id }) => id)
  return {
    name: `${deployment.slug}/undo.ps1`,
    about: 'Sets the rules that the scripts changed as they were on this host.',
    text: powerShellScript(
      [
        `Takes back the attack surface reduction rules for: ${deployment.label} (${deployment.mode}).`,
        'Rules that the scripts left as they were are not touched; those that Intune or Group Policy deliver are withdrawn there.',
      ],
      [
        `foreach ($id in ${powerShellList(ids)}) {`,
        ...giveSettingBack(
          KEPT,
          [
            'Add-MpPreference -AttackSurfaceReductionRules_Ids $id -AttackSurfaceReductionRules_Actions ([int]$kept)',
          ],
          ['Remove-MpPreference -AttackSurfaceReductionRules_Ids $id'],
        ).map((line) => `  ${line}`),
        '}',
      ],
    ),
  }
}
