import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { Deployment } from '../deployment'
import { originalNames, type PlacedBlock } from '../placed-block'
import { stableId } from '../stable-id'
import { powerShellScript } from '../text/power-shell'
import { powerShellList } from '../text/quote'
import { ruleDescription, ruleName } from '../text/rule-name'
import { element, type XmlElement, xmlDocument } from '../text/xml'
import type { ExportFile, PolicyWriter } from './policy'
import { isOfWindows, publishedPaths } from './published-paths'

const EVERYONE = 'S-1-1-0'
const MICROSOFT = 'O=MICROSOFT CORPORATION, L=REDMOND, S=WASHINGTON, C=US'

const COLLECTIONS = ['Exe', 'Dll', 'Script'] as const
type Collection = (typeof COLLECTIONS)[number]

/** Which collection looks at a file of this extension; the others AppLocker does not look at. */
const COLLECTION_OF: Readonly<Record<string, Collection>> = {
  exe: 'Exe',
  com: 'Exe',
  dll: 'Dll',
  ocx: 'Dll',
  ps1: 'Script',
  bat: 'Script',
  cmd: 'Script',
  vbs: 'Script',
  js: 'Script',
}

/** A rule blocks or reports as its collection does, and not as its file says. */
const ONLY_WHERE_AUDITED =
  ' An audit is for hosts whose collections audit or have no rules: added to rules that are enforced, it blocks.'

/** AppLocker: deny rules by publisher and by path. */
export const APPLOCKER: PolicyWriter = {
  control: 'applocker',
  refuses: refuseUnseen,
  sharedMode: collectionOf,
  leavesOut: ({ entry }) => [
    'Checks what users start. What services and SYSTEM start passes, unless the file with the services extension is taken.',
    ...(isOfWindows(entry)
      ? []
      : [
          `The publisher of ${entry.name} is not in the catalogue: the rules are by path, and a copy elsewhere still runs.`,
        ]),
    ...(collectionOf(entry) === 'Script'
      ? ['A script is denied by its path: a copy elsewhere still runs.']
      : []),
  ],
  blocksBesides: ({ entry }) => [
    ...(isOfWindows(entry) && collectionOf(entry) !== 'Script'
      ? [
          `Every file that Microsoft signed whose OriginalFileName is ${originalNames(entry).join(' or ')}, in any folder and version.`,
        ]
      : []),
    ...(publishedPaths(entry).some((path) => /\\system32\\/i.test(path))
      ? ['%SYSTEM32% means SysWOW64 as well.']
      : []),
    ...(collectionOf(entry) === 'Dll'
      ? [
          'Turns the DLL collection on, which checks every library that is loaded: measure it on a few hosts first.',
        ]
      : []),
    'A deny for Everyone holds for everyone: no other rule lifts it for a group.',
  ],
  write: (deployment) => [
    file(
      deployment,
      'stand-alone',
      true,
      false,
      `Denies what it names and allows the rest; services and SYSTEM are not checked.${ONLY_WHERE_AUDITED}`,
    ),
    file(
      deployment,
      'stand-alone-with-services',
      true,
      true,
      'The same, and what services and SYSTEM start is checked too.',
    ),
    file(
      deployment,
      'merge',
      false,
      false,
      `Only the denies, to merge into a policy that has its own allow rules. By itself it would deny everything.${ONLY_WHERE_AUDITED}`,
    ),
  ],
  undo,
  deploy: [
    'The Application Identity service has to run: sc.exe config AppIDSvc start= auto, then sc.exe start AppIDSvc.',
    'Group Policy: import the file under Computer Configuration, Windows Settings, Security Settings, Application Control Policies, AppLocker. Importing replaces what is there: merge.xml with Set-AppLockerPolicy -Merge does not.',
    'Intune: a custom profile for each collection, OMA-URI ./Vendor/MSFT/AppLocker/ApplicationLaunchRestrictions/GROUPING/EXE/Policy (DLL, Script), the RuleCollection element as a string; a GROUPING of its own for each policy of a host, or the last one replaces the others.',
    'One host without rules of its own: Set-AppLockerPolicy -XmlPolicy stand-alone.xml in an elevated PowerShell. With some: merge.xml, with -Merge, which keeps the mode that is there.',
    'A host has one mode for each rule collection, whichever policies its rules come from. Audit only where Get-AppLockerPolicy -Effective -Xml shows AuditOnly, or no rules: where the collection is enforced or not configured, rules that are added to it block.',
  ],
  verify: [
    'Event 8001 in Microsoft-Windows-AppLocker/EXE and DLL says that the policy was applied; Get-AppLockerPolicy -Effective -Xml shows it.',
    'While auditing, events 8003 and 8006 say what would have been blocked; enforced, 8004 and 8007. They come to Attempts when the channels are sent.',
  ],
}

function collectionOf({ slug }: BlockedEntry): Collection | null {
  return COLLECTION_OF[slug.slice(slug.lastIndexOf('.') + 1)] ?? null
}

function refuseUnseen(entry: BlockedEntry): string | null {
  const collection = collectionOf(entry)
  if (collection === null) return `AppLocker does not look at files like ${entry.name}.`
  const named = publishedPaths(entry).length > 0 || (isOfWindows(entry) && collection !== 'Script')
  return named
    ? null
    : `The catalogue knows neither a path nor a publisher of ${entry.name}, and a rule needs one.`
}

function file(
  deployment: Deployment,
  name: string,
  isWhole: boolean,
  services: boolean,
  about: string,
): ExportFile {
  const collections = COLLECTIONS.flatMap((type) => {
    const denies = denyRules(deployment.blocks.filter(({ entry }) => collectionOf(entry) === type))
    if (denies.length === 0) return []
    const extensions = services && type !== 'Script' ? [SERVICES] : []
    const children = [...(isWhole ? [allowRest(deployment, type)] : []), ...denies, ...extensions]
    const mode = deployment.mode === 'audit' ? 'AuditOnly' : 'Enabled'
    return element('RuleCollection', { Type: type, EnforcementMode: mode }, children)
  })
  return {
    name: `${deployment.slug}/${name}.xml`,
    about,
    text: xmlDocument(element('AppLockerPolicy', { Version: '1' }, collections)),
  }
}

/** What services and SYSTEM start is checked, and packaged system apps go on. */
const SERVICES = element('RuleCollectionExtensions', {}, [
  element('ThresholdExtensions', {}, [element('Services', { EnforcementMode: 'Enabled' })]),
  element('RedstoneExtensions', {}, [element('SystemApps', { Allow: 'Enabled' })]),
])

function allowRest({ id }: Deployment, type: Collection): XmlElement {
  return element(
    'FilePathRule',
    {
      Id: stableId('allow', id, type),
      Name: 'Cordon: everything else',
      Description: '',
      UserOrGroupSid: EVERYONE,
      Action: 'Allow',
    },
    [element('Conditions', {}, [element('FilePathCondition', { Path: '*' })])],
  )
}

/** Each rule once for a decision: two entries may share a name. */
function denyRules(blocks: readonly PlacedBlock[]): XmlElement[] {
  const rules = blocks.flatMap((block) => [...publisherRules(block), ...pathRules(block)])
  return [...new Map(rules.map((rule) => [rule.attributes['Id'], rule])).values()]
}

function publisherRules(approved: PlacedBlock): XmlElement[] {
  const { entry } = approved
  if (!isOfWindows(entry) || collectionOf(entry) === 'Script') return []
  return originalNames(entry).map((name) =>
    deny(approved, 'FilePublisherRule', name, [
      element(
        'FilePublisherCondition',
        // of any product: they differ by binary and edition, and a deny that names another than the file's denies nothing
        { PublisherName: MICROSOFT, ProductName: '*', BinaryName: name.toUpperCase() },
        [element('BinaryVersionRange', { LowSection: '*', HighSection: '*' })],
      ),
    ]),
  )
}

function pathRules(approved: PlacedBlock): XmlElement[] {
  const paths = new Set(publishedPaths(approved.entry).map(withVariables))
  return [...paths].map((path) =>
    deny(approved, 'FilePathRule', path, [element('FilePathCondition', { Path: path })]),
  )
}

function deny(
  approved: PlacedBlock,
  kind: string,
  what: string,
  condition: readonly XmlElement[],
): XmlElement {
  return element(
    kind,
    {
      Id: stableId('applocker', approved.decisionId, kind, what),
      Name: ruleName(approved),
      Description: ruleDescription(approved),
      UserOrGroupSid: EVERYONE,
      Action: 'Deny',
    },
    [element('Conditions', {}, condition)],
  )
}

/** AppLocker's own variables, which hold on every machine; the longer ones first. */
const VARIABLES: readonly (readonly [RegExp, string])[] = [
  [/^c:\\windows\\(?:system32|syswow64)(?=\\)/i, '%SYSTEM32%'],
  [/^c:\\windows(?=\\)/i, '%WINDIR%'],
  [/^c:\\program files(?: \(x86\))?(?=\\)/i, '%PROGRAMFILES%'],
  [/^c:(?=\\)/i, '%OSDRIVE%'],
]

function withVariables(path: string): string {
  const found = VARIABLES.find(([start]) => start.test(path))
  return (found === undefined ? path : path.replace(found[0], () => found[1]))
    .toLowerCase()
    .replace(/^%\w+%/, (name) => name.toUpperCase())
}

function undo(deployment: Deployment): ExportFile {
  const ids = COLLECTIONS.map((type) => stableId('allow', deployment.id, type)).concat(
    denyRules(deployment.blocks).map((rule) => rule.attributes['Id'] ?? ''),
  )
  return {
    name: `${deployment.slug}/undo.ps1`,
    about: 'Takes the rules of this policy out of the local policy of this host and leaves all others.',
    text: powerShellScript(
      [
        `Removes the AppLocker rules for: ${deployment.label} (${deployment.mode}).`,
        'Rules that Group Policy or Intune deliver are withdrawn there.',
      ],
      [
        `$ids = ${powerShellList(ids)}`,
        '[xml]$policy = Get-AppLockerPolicy -Local -Xml',
        "foreach ($rule in @($policy.SelectNodes('//RuleCollection/*[@Id]'))) {",
        '  if ($ids -contains $rule.Id) { [void]$rule.ParentNode.RemoveChild($rule) }',
        '}',
        "foreach ($collection in @($policy.SelectNodes('//RuleCollection[not(*[@Id])]'))) {",
        '  [void]$collection.ParentNode.RemoveChild($collection)',
        '}',
        '$file = New-TemporaryFile',
        '$policy.Save($file.FullName)',
        'Set-AppLockerPolicy -XmlPolicy $file.FullName',
        'Remove-Item -LiteralPath $file.FullName',
      ],
    ),
  }
}
