import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { Deployment } from '../deployment'
import { originalNames, type PlacedBlock } from '../placed-block'
import { stableId } from '../stable-id'
import { powerShellScript } from '../text/power-shell'
import { powerShellText } from '../text/quote'
import { ruleName } from '../text/rule-name'
import { element, type XmlElement, xmlDocument } from '../text/xml'
import type { ExportFile, PolicyWriter } from './policy'

const PLATFORM = '{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}'
const LOWEST = '0.0.0.0'
/** The schema's versions end here; given with the lowest, a rule holds for every version. */
const HIGHEST = '65355.65355.65355.65355'
const DRIVERS = '131'
const USER_MODE = '12'
const OPTIONS = [
  'Enabled:UMCI',
  'Enabled:Unsigned System Integrity Policy',
  'Enabled:Update Policy No Reboot',
]
/** Without it a policy also decides on scripts: PowerShell falls to constrained language, and mshta and wscript refuse what no rule allows. */
const LEAVES_SCRIPTS = 'Disabled:Script Enforcement'

/** App Control for Business (formerly WDAC): base policies of denies by OriginalFileName. */
export const APP_CONTROL: PolicyWriter = {
  control: 'app-control',
  refuses: refuseScript,
  leavesOut: ({ entry }) => [
    `Reads the version resource: a copy of ${entry.name} whose resource is edited, or a build without one, still runs.`,
    ...(entry.originalFileNames.length === 0
      ? [
          `The catalogue does not know the OriginalFileName of ${entry.name}: the rule takes its file name for it. Check it on one host.`,
        ]
      : []),
    'Scripts are left as they are: stand-alone.xml switches script enforcement off, and merge.xml takes over what the policy that it is merged into says of them.',
  ],
  blocksBesides: ({ entry }) => [
    `Every file whose OriginalFileName is ${originalNames(entry).join(' or ')}, in any folder and version, for every user, the system among them.`,
  ],
  write: (deployment) => [
    standAlone(deployment),
    // a merged deny is as strict as the policy that it is merged into: it would block where it is to be audited
    ...(deployment.mode === 'enforce' ? [toMerge(deployment)] : []),
    deployScript(deployment),
  ],
  undo,
  deploy: [
    'Compile on Windows first: deploy.ps1 does it, or ConvertFrom-CIPolicy. Windows before the April 2024 update loads at most 32 policies.',
    'Windows Server 2016 and Windows 10 1607 do not know the option that leaves scripts alone: do not give stand-alone.xml to them. Builds 1709 to 1809 need the update of October 2019 for it.',
    'Intune: the compiled .cip in a custom profile, OMA-URI ./Vendor/MSFT/ApplicationControl/Policies/{policy id without braces}/Policy, Base64 (file).',
    'Group Policy or Configuration Manager: copy the .cip to C:\\Windows\\System32\\CodeIntegrity\\CiPolicies\\Active under the name of its policy id, by a start-up script; it holds after a restart.',
    'A host has an allow-list already: stand-alone.xml runs beside it. To enforce, merge.xml can be put into the allow-list’s base policy instead, with Merge-CIPolicy; there is none to audit, since it would block there. A supplemental policy can neither deny nor lift a deny.',
  ],
  verify: [
    'Event 3099 in Microsoft-Windows-CodeIntegrity/Operational names the policy once it is loaded; CiTool.exe --list-policies lists it.',
    'While auditing, event 3076 says what would have been blocked; enforced, 3077. Both come to Attempts when the channel is sent.',
  ],
}

function refuseScript({ kind }: BlockedEntry): string | null {
  return kind === 'script' ? 'App Control has no name for a script: scripts carry no version resource.' : null
}

function standAlone(deployment: Deployment): ExportFile {
  const allow = [
    element('Allow', { ID: 'ID_ALLOW_ALL_DRIVERS', FriendlyName: 'Everything else: drivers', FileName: '*' }),
    element('Allow', {
      ID: 'ID_ALLOW_ALL_USER_MODE',
      FriendlyName: 'Everything else: user mode',
      FileName: '*',
    }),
  ]
  const denies = denyRules(deployment.blocks)
  return {
    name: `${deployment.slug}/stand-alone.xml`,
    about: 'A base policy of its own, beside others: allows everything but what it denies.',
    text: policyXml(deployment, {
      id: deployment.id,
      options: [...OPTIONS, LEAVES_SCRIPTS],
      fileRules: [...allow, ...denies],
      scenarios: [
        scenario(DRIVERS, 'ID_SIGNINGSCENARIO_DRIVERS_1', ['ID_ALLOW_ALL_DRIVERS']),
        scenario(USER_MODE, 'ID_SIGNINGSCENARIO_WINDOWS', ['ID_ALLOW_ALL_USER_MODE', ...denies.map(idOf)]),
      ],
    }),
  }
}

function toMerge(deployment: Deployment): ExportFile {
  const denies = denyRules(deployment.blocks)
  return {
    name: `${deployment.slug}/merge.xml`,
    about:
      'Only the denies, to merge into the base policy of an allow-list, which goes on deciding about scripts. By itself it would deny everything.',
    text: policyXml(deployment, {
      id: stableId('merge', deployment.id),
      options: OPTIONS,
      fileRules: denies,
      scenarios: [scenario(USER_MODE, 'ID_SIGNINGSCENARIO_WINDOWS', denies.map(idOf))],
    }),
  }
}

function braced(id: string): string {
  return `{${id.toUpperCase()}}`
}

function idOf(rule: XmlElement): string {
  return rule.attributes['ID'] ?? ''
}

/** Each file name once for a decision: two entries may share one. */
function denyRules(blocks: readonly PlacedBlock[]): XmlElement[] {
  const rules = blocks.flatMap((block) =>
    originalNames(block.entry).map((fileName) => denyRule(block, fileName)),
  )
  return [...new Map(rules.map((rule) => [idOf(rule), rule])).values()]
}

function denyRule(block: PlacedBlock, fileName: string): XmlElement {
  const suffix = stableId('deny', fileName).slice(0, 8).toUpperCase()
  return element('Deny', {
    ID: `ID_DENY_D${block.decisionId}_${suffix}`,
    FriendlyName: ruleName(block),
    FileName: fileName,
    MinimumFileVersion: LOWEST,
    MaximumFileVersion: HIGHEST,
  })
}

function scenario(value: string, id: string, rules: readonly string[]): XmlElement {
  const refs = rules.map((rule) => element('FileRuleRef', { RuleID: rule }))
  return element('SigningScenario', { Value: value, ID: id, FriendlyName: '' }, [
    element('ProductSigners', {}, [element('FileRulesRef', {}, refs)]),
  ])
}

type PolicyParts = {
  id: string
  options: readonly string[]
  fileRules: readonly XmlElement[]
  scenarios: readonly XmlElement[]
}

function policyXml(deployment: Deployment, { id, options, fileRules, scenarios }: PolicyParts): string {
  const inMode = deployment.mode === 'audit' ? [...options, 'Enabled:Audit Mode'] : options
  return xmlDocument(
    element('SiPolicy', { xmlns: 'urn:schemas-microsoft-com:sipolicy', PolicyType: 'Base Policy' }, [
      element('VersionEx', {}, versionOf(deployment)),
      element('PlatformID', {}, PLATFORM),
      element('PolicyID', {}, braced(id)),
      element('BasePolicyID', {}, braced(id)),
      element(
        'Rules',
        {},
        inMode.map((option) => element('Rule', {}, [element('Option', {}, option)])),
      ),
      element('EKUs'),
      element('FileRules', {}, fileRules),
      element('Signers'),
      element('SigningScenarios', {}, scenarios),
      element('UpdatePolicySigners'),
      element('CiSigners'),
      element('HvciOptions', {}, '0'),
      element('Settings', {}, [
        information('Name', `Cordon: ${deployment.label} (${deployment.mode})`),
        information('Id', `cordon-${deployment.slug}`),
      ]),
    ]),
  )
}

function information(name: string, value: string): XmlElement {
  return element('Setting', { Provider: 'PolicyInfo', Key: 'Information', ValueName: name }, [
    element('Value', {}, [element('String', {}, value)]),
  ])
}

/** Rises with every decision: four numbers below 65,536, of the newest decision and how many there are. */
function versionOf({ blocks }: Deployment): string {
  const newest = Math.max(0, ...blocks.map(({ decisionId }) => decisionId))
  return `10.${Math.floor(newest / 0x10000) % 0x10000}.${newest % 0x10000}.${blocks.length % 0x10000}`
}

function deployScript(deployment: Deployment): ExportFile {
  const cip = powerShellText(`${braced(deployment.id)}.cip`)
  return {
    name: `${deployment.slug}/deploy.ps1`,
    about: 'Compiles stand-alone.xml beside it and loads it on this host, without a restart.',
    text: powerShellScript(
      [
        `Loads the App Control policy for: ${deployment.label} (${deployment.mode}). Windows 11 22H2, Server 2025 or later; on older Windows copy the .cip as Microsoft describes.`,
      ],
      [
        "$xml = Join-Path $PSScriptRoot 'stand-alone.xml'",
        `$cip = Join-Path $env:TEMP ${cip}`,
        'ConvertFrom-CIPolicy -XmlFilePath $xml -BinaryFilePath $cip | Out-Null',
        'CiTool.exe --update-policy $cip --json',
        '$result = $LASTEXITCODE',
        'Remove-Item -LiteralPath $cip',
        "if ($result -ne 0) { throw ('CiTool.exe did not load the policy: error 0x{0:X8}.' -f $result) }",
      ],
    ),
  }
}

function undo(deployment: Deployment): ExportFile {
  const id = powerShellText(braced(deployment.id))
  return {
    name: `${deployment.slug}/undo.ps1`,
    about:
      'Takes the stand-alone policy off this host. What was merged into another policy is taken out there.',
    text: powerShellScript(
      [
        `Removes the App Control policy for: ${deployment.label} (${deployment.mode}).`,
        'Withdraw it in Intune, Configuration Manager or Group Policy first, or it comes back.',
      ],
      [
        `$id = ${id}`,
        'if (Get-Command CiTool.exe -ErrorAction SilentlyContinue) {',
        '  CiTool.exe --remove-policy $id --json',
        "  if ($LASTEXITCODE -ne 0) { Write-Warning ('CiTool.exe did not remove the policy: error 0x{0:X8}. CiTool.exe --list-policies says whether it is there.' -f $LASTEXITCODE) }",
        '} else {',
        '  $file = Join-Path $env:windir "System32\\CodeIntegrity\\CiPolicies\\Active\\$id.cip"',
        '  if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file }',
        "  Write-Output 'Restart this host: the policy is in force until then.'",
        '}',
      ],
    ),
  }
}
