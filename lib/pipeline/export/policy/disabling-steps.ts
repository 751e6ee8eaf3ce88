import type { BlockEffect } from '@/lib/pipeline/decision/block'
import { giveSettingBack, keepSetting } from '../text/kept-settings'

/** One thing that can be turned off. Lines are PowerShell, of our own making: nothing of a decision is in them. */
export type DisablingStep = {
  title: string
  effect: Extract<BlockEffect, 'reassociate' | 'remove'>
  /** Its place on the ladder, from the least intrusive. */
  rung: number
  does: string
  besides: string
  check: string
  apply: readonly string[]
  undo: readonly string[]
}

/** Opens a file type with Notepad for the whole machine, by each of its verbs that a double click may take. */
function reassociate(
  extension: string,
  programId: string,
  verbs: readonly string[] = ['open'],
): DisablingStep {
  const commands = verbs.map((verb) => {
    const verbKey = `HKLM:\\SOFTWARE\\Classes\\${programId}\\shell\\${verb}`
    return {
      verbKey,
      key: `${verbKey}\\command`,
      kept: verb === 'open' ? `'${programId}'` : `'${programId} ${verb}'`,
    }
  })
  return {
    title: `Open ${extension} files with Notepad`,
    effect: 'reassociate',
    rung: 1,
    does: `A double click on a ${extension} file shows its text instead of running it (ProgID ${programId}).`,
    besides: `${extension} files that people open on purpose.`,
    check: `${commands.map(({ key }) => `(Get-Item '${key}').GetValue('')`).join(' and ')} names notepad.exe.`,
    apply: commands.flatMap(({ key, kept }) => [
      `$key = '${key}'`,
      '$old = Get-Item -LiteralPath $key -ErrorAction SilentlyContinue',
      ...keepSetting(
        kept,
        "if ($old) { $old.GetValue('', '', 'DoNotExpandEnvironmentNames') } else { $null }",
      ),
      'if (-not $old) { New-Item -Path $key -Force | Out-Null }',
      `Set-ItemProperty -LiteralPath $key -Name '(default)' -Type ExpandString -Value '%SystemRoot%\\System32\\notepad.exe "%1"'`,
    ]),
    undo: commands.flatMap(({ verbKey, key, kept }) =>
      giveSettingBack(
        kept,
        [`Set-ItemProperty -LiteralPath '${key}' -Name '(default)' -Type ExpandString -Value $kept`],
        [
          `Remove-Item -LiteralPath '${key}'`,
          // a verb without a command would stand before the one that was in use
          `$verb = Get-Item -LiteralPath '${verbKey}'`,
          `if ($verb.SubKeyCount -eq 0 -and $verb.ValueCount -eq 0) { Remove-Item -LiteralPath '${verbKey}' }`,
        ],
      ),
    ),
  }
}

function capability(name: string, title: string, besides: string): DisablingStep {
  return {
    title,
    effect: 'remove',
    rung: 3,
    does: `Removes the optional feature ${name} of Windows 11 and Server 2025.`,
    besides,
    check: `Get-WindowsCapability -Online -Name '${name}*' says NotPresent.`,
    // what was not there before does not come back
    apply: [
      `$installed = @(Get-WindowsCapability -Online -Name '${name}*' | Where-Object State -eq 'Installed' | Select-Object -ExpandProperty Name)`,
      'if ($installed.Count -gt 0) {',
      ...keepSetting(`'${name}'`, "$installed -join ';'").map((line) => `  ${line}`),
      '  foreach ($feature in $installed) { Remove-WindowsCapability -Online -Name $feature | Out-Null }',
      '}',
    ],
    undo: giveSettingBack(
      `'${name}'`,
      ["foreach ($feature in $kept.Split(';')) { Add-WindowsCapability -Online -Name $feature | Out-Null }"],
      [],
    ),
  }
}

/** 64-bit hosts of scripts read the first, 32-bit ones (SysWOW64) the second; Windows that is 32-bit has no second. */
const SCRIPT_HOST_KEYS = [
  { key: 'HKLM:\\SOFTWARE\\Microsoft\\Windows Script Host\\Settings', kept: "'Script Host'" },
  {
    key: 'HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows Script Host\\Settings',
    kept: "'Script Host 32-bit'",
  },
] as const

const SCRIPT_HOST: DisablingStep = {
  title: 'Turn Windows Script Host off',
  effect: 'remove',
  rung: 2,
  does: 'wscript.exe and cscript.exe refuse to run any script, the 32-bit ones of SysWOW64 too.',
  besides:
    'Logon scripts, slmgr, winrm and printer scripts in VBScript or JScript, for every user and service.',
  check: `${SCRIPT_HOST_KEYS.map(({ key }) => `(Get-ItemProperty '${key}').Enabled`).join(' and ')} are 0; cscript.exe //nologo x.vbs says that access is disabled, in System32 and in SysWOW64.`,
  apply: SCRIPT_HOST_KEYS.flatMap(({ key, kept }) => [
    `if (-not (Test-Path '${key}')) { New-Item -Path '${key}' -Force | Out-Null }`,
    ...keepSetting(
      kept,
      `(Get-ItemProperty -Path '${key}' -Name 'Enabled' -ErrorAction SilentlyContinue).Enabled`,
    ),
    setScriptHost(key, '0'),
  ]),
  undo: SCRIPT_HOST_KEYS.flatMap(({ key, kept }) =>
    giveSettingBack(
      kept,
      [setScriptHost(key, '([int]$kept)')],
      [`Remove-ItemProperty -Path '${key}' -Name 'Enabled' -ErrorAction SilentlyContinue`],
    ),
  ),
}

function setScriptHost(key: string, value: string): string {
  return `New-ItemProperty -Path '${key}' -Name 'Enabled' -PropertyType DWord -Value ${value} -Force | Out-Null`
}

const APP_V: DisablingStep = {
  title: 'Turn the App-V client off',
  effect: 'remove',
  rung: 2,
  does: 'mavinject.exe serves the App-V client only; without it nothing needs the binary.',
  besides: 'Every application that App-V delivers: only where none is.',
  check: '(Get-AppvStatus).AppVClientEnabled is False.',
  apply: [
    'if ((Get-Command Disable-Appv -ErrorAction SilentlyContinue) -and (Get-AppvStatus).AppVClientEnabled) {',
    ...keepSetting("'App-V'", "'on'").map((line) => `  ${line}`),
    '  Disable-Appv',
    '}',
  ],
  undo: giveSettingBack("'App-V'", ['Enable-Appv'], []),
}

const HELP_FILTER: DisablingStep = {
  title: 'Refuse compiled help at mail and proxy',
  effect: 'reassociate',
  rung: 0,
  does: 'Mail gateway and web proxy refuse .chm, by name and by content: the file starts with the four letters ITSF. Look into archives too.',
  besides: 'Vendors who send their manuals as .chm.',
  check: 'Send a .chm renamed to .txt from outside: it does not arrive.',
  apply: [],
  undo: [],
}

const SCRIPT_TYPES = [
  reassociate('.js', 'JSFile'),
  reassociate('.jse', 'JSEFile'),
  reassociate('.vbs', 'VBSFile'),
  reassociate('.vbe', 'VBEFile'),
  reassociate('.wsf', 'WSFFile'),
  reassociate('.wsh', 'WSHFile'),
]

const VBSCRIPT = capability(
  'VBSCRIPT',
  'Remove VBScript',
  'Everything that still runs VBScript, in mshta, Office and installers too.',
)

const STEPS: ReadonlyMap<string, readonly DisablingStep[]> = new Map([
  ['mshta.exe', [reassociate('.hta', 'htafile')]],
  ['hh.exe', [HELP_FILTER, reassociate('.chm', 'chm.file')]],
  ['mmc.exe', [reassociate('.msc', 'MSCFile')]],
  ['control.exe', [reassociate('.cpl', 'cplfile', ['cplopen', 'open'])]],
  ['wscript.exe', [...SCRIPT_TYPES, SCRIPT_HOST, VBSCRIPT]],
  ['cscript.exe', [...SCRIPT_TYPES, SCRIPT_HOST, VBSCRIPT]],
  [
    'wmic.exe',
    [
      capability(
        'WMIC',
        'Remove WMIC',
        'Scripts and management products that call wmic.exe; WMI itself stays.',
      ),
    ],
  ],
  ['mavinject.exe', [APP_V]],
])

/** What can be turned off of a binary; empty where nothing is known. */
export function stepsFor(slug: string): readonly DisablingStep[] {
  return STEPS.get(slug) ?? []
}
