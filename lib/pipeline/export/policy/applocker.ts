import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import { publishedName } from '@/lib/pipeline/decision/published-name'
import type { Deployment } from '../deployment'
import { originalNames } from '../placed-block'
import { powerShellScript } from '../text/power-shell'
import { powerShellList, powerShellText } from '../text/quote'
import { element, xmlDocument } from '../text/xml'
import {
  allowId,
  allowRest,
  COLLECTIONS,
  collectionOf,
  denyRules,
  packagedApps,
  SERVICES,
} from './applocker-rules'
import type { ExportFile, PolicyWriter } from './policy'
import { publishedPaths } from './published-paths'

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
    ...copiesLeft(entry),
  ],
  blocksBesides: ({ entry }) => [
    ...(publishedName(entry) !== 'none'
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
    ...(collectionOf(entry) === 'Exe'
      ? [
          'Packaged apps, where no rule allows them: rules for programs block them all. The stand-alone files allow them; a host that merge.xml goes to needs such a rule of its own.',
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
    'Intune: a custom profile for each collection, OMA-URI ./Vendor/MSFT/AppLocker/ApplicationLaunchRestrictions/GROUPING/EXE/Policy (DLL, Script, and StoreApps for packaged apps), the RuleCollection element as a string; a GROUPING of its own for each policy of a host, or the last one replaces the others.',
    'One host without rules of its own: Set-AppLockerPolicy -XmlPolicy stand-alone.xml in an elevated PowerShell. With some: merge.xml, with -Merge, which keeps the mode that is there.',
    'A host has one mode for each rule collection, whichever policies its rules come from. Audit only where Get-AppLockerPolicy -Effective -Xml shows AuditOnly, or no rules: where the collection is enforced or not configured, rules that are added to it block.',
  ],
  verify: [
    'Event 8001 in Microsoft-Windows-AppLocker/EXE and DLL says that the policy was applied; Get-AppLockerPolicy -Effective -Xml shows it.',
    'While auditing, events 8003 and 8006 say what would have been blocked; enforced, 8004 and 8007. They come to Attempts when the channels are sent.',
  ],
}

function copiesLeft(entry: BlockedEntry): string[] {
  if (entry.kind === 'script') return ['A script is denied by its path: a copy elsewhere still runs.']
  const name = publishedName(entry)
  if (name === 'known') return []
  return [
    name === 'none'
      ? `The publisher of ${entry.name} is not in the catalogue: the rules are by path, and a copy elsewhere still runs.`
      : `The catalogue does not know the OriginalFileName of ${entry.name}: the rule by publisher takes its file name for it. Where that is wrong, the rules by path alone hold, and a copy elsewhere still runs.`,
  ]
}

function refuseUnseen(entry: BlockedEntry): string | null {
  const collection = collectionOf(entry)
  if (collection === null) return `AppLocker does not look at files like ${entry.name}.`
  const named = publishedPaths(entry).length > 0 || publishedName(entry) !== 'none'
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
  const mode = deployment.mode === 'audit' ? 'AuditOnly' : 'Enabled'
  const collections = COLLECTIONS.flatMap((type) => {
    const denies = denyRules(deployment.blocks.filter(({ entry }) => collectionOf(entry) === type))
    if (denies.length === 0) return []
    const extensions = services && type !== 'Script' ? [SERVICES] : []
    const children = [...(isWhole ? [allowRest(deployment, type)] : []), ...denies, ...extensions]
    const collection = element('RuleCollection', { Type: type, EnforcementMode: mode }, children)
    return isWhole && type === 'Exe' ? [collection, packagedApps(deployment, mode)] : [collection]
  })
  return {
    name: `${deployment.slug}/${name}.xml`,
    about,
    text: xmlDocument(element('AppLockerPolicy', { Version: '1' }, collections)),
  }
}

function undo(deployment: Deployment): ExportFile {
  const denies = denyRules(deployment.blocks).map((rule) => rule.attributes['Id'] ?? '')
  const allows = [...COLLECTIONS, 'Appx' as const].map(
    (type) => `  ${type} = ${powerShellText(allowId(deployment.id, type))}`,
  )
  return {
    name: `${deployment.slug}/undo.ps1`,
    about:
      'Takes the rules of this policy out of the local policy of this host and leaves all others. What allows the rest stays where nothing but denies would be left.',
    text: powerShellScript(
      [
        `Removes the AppLocker rules for: ${deployment.label} (${deployment.mode}).`,
        'Rules that Group Policy or Intune deliver are withdrawn there.',
      ],
      [
        `$denies = ${powerShellList(denies)}`,
        '$allows = [ordered]@{',
        ...allows,
        '}',
        '[xml]$policy = Get-AppLockerPolicy -Local -Xml',
        "foreach ($rule in @($policy.SelectNodes('//RuleCollection/*[@Id]'))) {",
        '  if ($denies -contains $rule.Id) { [void]$rule.ParentNode.RemoveChild($rule) }',
        '}',
        // denies of others without an allow beside them would block everything, and rules for programs every packaged app
        'foreach ($type in $allows.Keys) {',
        `  $rules = @($policy.SelectNodes("//RuleCollection[@Type='$type']/*[@Id]"))`,
        '  $others = @($rules | Where-Object { $_.Id -ne $allows[$type] })',
        `  $programs = @(if ($type -eq 'Appx') { $policy.SelectNodes("//RuleCollection[@Type='Exe']/*[@Id]") })`,
        "  $allowed = @($others | Where-Object { $_.Action -eq 'Allow' })",
        '  if ($allowed.Count -eq 0 -and ($others.Count + $programs.Count) -gt 0) { continue }',
        '  foreach ($rule in $rules) {',
        '    if ($rule.Id -eq $allows[$type]) { [void]$rule.ParentNode.RemoveChild($rule) }',
        '  }',
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
