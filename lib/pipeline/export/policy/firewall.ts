import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { Deployment } from '../deployment'
import { stableId } from '../stable-id'
import { powerShellScript } from '../text/power-shell'
import { powerShellList, powerShellText } from '../text/quote'
import { ruleDescription, ruleName } from '../text/rule-name'
import type { ExportFile, PolicyWriter } from './policy'
import { publishedPaths } from './published-paths'

/** Windows Firewall: a program's outbound connections, by its path. */
export const FIREWALL: PolicyWriter = {
  control: 'firewall',
  refuses: refuseUnplaced,
  leavesOut: ({ entry }) => [
    `Goes by path: a copy of ${entry.name} elsewhere connects as before.`,
    ...(publishedPaths(entry).some(isOpen)
      ? [
          `Some folders of ${entry.name} differ between machines: apply.ps1 looks them up where it runs. Written into a group policy, it has those of the administrator’s machine only, and says which it left out: run it on the hosts instead.`,
        ]
      : []),
    'What BITS or WebDAV transfer for it leaves from svchost.exe, which no rule here touches.',
    'Group Policy may turn local rules off (rule merging): then deliver them by Group Policy, with -PolicyStore.',
  ],
  blocksBesides: () => ['All of its outbound connections, to servers inside as well.'],
  write: (deployment) => [apply(deployment)],
  undo,
  deploy: [
    'One host or a start-up script: apply.ps1 in an elevated PowerShell. Run again, it brings the host up to what it says: rules of decisions that ended go.',
    "Group Policy: apply.ps1 -PolicyStore 'example.org\\NAME OF THE GPO' from a machine with the Group Policy tools. A path with a wildcard stands for folders of that machine: the script warns of each.",
    'Intune: apply.ps1 as a platform script, run as system, 64-bit.',
  ],
  verify: [
    'Get-NetFirewallRule -Group with the group that apply.ps1 names lists the rules.',
    'With failures of Filtering Platform Connection audited, event 5157 says what was blocked. It comes to Attempts when the Security log is sent.',
  ],
}

function refuseUnplaced(entry: BlockedEntry): string | null {
  return publishedPaths(entry).length === 0
    ? `The catalogue knows no path of ${entry.name}, and a rule needs one.`
    : null
}

const PARAMETERS = "param([string]$PolicyStore = 'PersistentStore')"

function groupOf({ label, id }: Deployment): string {
  return `Cordon ${label} ${id}`
}

/** By the id alone: hosts may be called otherwise since their rules were made. That there are none is no error. */
function rulesOfGroup({ id }: Deployment): string {
  const group = powerShellText(`Cordon * ${id}`)
  return `Get-NetFirewallRule -PolicyStore $PolicyStore -ErrorAction SilentlyContinue | Where-Object { $_.Group -like ${group} }`
}

type Rule = {
  name: string
  displayName: string
  description: string
  path: string
  spared: readonly string[]
}

function rulesOf({ blocks }: Deployment): Rule[] {
  return blocks.flatMap((approved) =>
    publishedPaths(approved.entry).map((path) => ({
      name: stableId('firewall', approved.decisionId, approved.position, path.toLowerCase()),
      displayName: ruleName(approved),
      description: ruleDescription(approved),
      path,
      spared: approved.exceptions.flatMap((one) => (one.kind === 'user' ? [one.value] : [])),
    })),
  )
}

function apply(deployment: Deployment): ExportFile {
  const rules = rulesOf(deployment).map(
    ({ name, displayName, description, path, spared }) =>
      `  @{ Name = ${powerShellText(name)}; DisplayName = ${powerShellText(displayName)}; Description = ${powerShellText(description)}; Path = ${powerShellText(asPath(path))}; Spared = ${powerShellList(spared)} }`,
  )
  return {
    name: `${deployment.slug}/apply.ps1`,
    about: 'Makes an outbound block rule for each place of each program.',
    text: powerShellScript(
      [`Firewall rules for: ${deployment.label}.`],
      [
        `$group = ${powerShellText(groupOf(deployment))}`,
        '$rules = @(',
        rules.join(',\r\n'),
        ')',
        '$wanted = @()',
        'foreach ($rule in $rules) {',
        // "skip this rule for connections from these users" is a deny entry of the rule's users
        "  $users = 'Any'",
        '  if ($rule.Spared.Count -gt 0) {',
        '    $denied = foreach ($user in $rule.Spared) {',
        "      $sid = if ($user -match '^S-1(-[0-9]+)+$') { $user } else { ([Security.Principal.NTAccount]$user).Translate([Security.Principal.SecurityIdentifier]).Value }",
        '      "(D;;CC;;;$sid)"',
        '    }',
        '    $users = "D:$($denied -join \'\')(A;;CC;;;S-1-1-0)"',
        '  }',
        // a path with a wildcard stands for the folders of the machine that runs this, which is the administrator's where a group policy is written
        '  $programs = @($rule.Path)',
        "  if ($rule.Path.Contains('*')) { $programs = @(Get-Item -Path $rule.Path -ErrorAction SilentlyContinue | Select-Object -ExpandProperty FullName) }",
        "  if ($rule.Path.Contains('*') -and $PolicyStore -ne 'PersistentStore') { Write-Warning ('{0}: {1} folders of this machine; hosts with others keep their connections.' -f $rule.Path, $programs.Count) }",
        '  for ($i = 0; $i -lt $programs.Count; $i++) {',
        '    $name = "$($rule.Name)-$i"',
        '    $wanted += $name',
        // folders of a new version, and an exception that ended, reach rules that are there
        '    if (Get-NetFirewallRule -PolicyStore $PolicyStore -Name $name -ErrorAction SilentlyContinue) {',
        '      Set-NetFirewallRule -PolicyStore $PolicyStore -Name $name -Program $programs[$i] -LocalUser $users',
        '    } else {',
        '      New-NetFirewallRule -PolicyStore $PolicyStore -Name $name -DisplayName $rule.DisplayName -Description $rule.Description -Group $group -Direction Outbound -Program $programs[$i] -LocalUser $users -Action Block | Out-Null',
        '    }',
        '  }',
        '}',
        // of decisions that ended, and folders that are gone
        `${rulesOfGroup(deployment)} | Where-Object { $wanted -notcontains $_.Name } | Remove-NetFirewallRule`,
      ],
      PARAMETERS,
    ),
  }
}

/** Whether a path stands for folders that differ between machines. */
function isOpen(path: string): boolean {
  return path.includes('*')
}

/** Brackets would be wildcards of PowerShell. */
function asPath(path: string): string {
  return isOpen(path) ? path.replace(/[[\]]/g, '`$&') : path
}

function undo(deployment: Deployment): ExportFile {
  return {
    name: `${deployment.slug}/undo.ps1`,
    about: 'Removes the whole group of rules.',
    text: powerShellScript(
      [`Removes the firewall rules for: ${deployment.label}.`],
      [`${rulesOfGroup(deployment)} | Remove-NetFirewallRule`],
      PARAMETERS,
    ),
  }
}
