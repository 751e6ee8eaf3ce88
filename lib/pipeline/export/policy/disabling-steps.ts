import type { BlockEffect } from '@/lib/pipeline/decision/block'

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

const UNDO_KEY = 'HKLM:\\SOFTWARE\\Cordon\\Undo'

/** Opens a file type with Notepad for the whole machine; what it opened with is kept under UNDO_KEY. */
function reassociate(extension: string, programId: string): DisablingStep {
  const command = `HKLM:\\SOFTWARE\\Classes\\${programId}\\shell\\open\\command`
  return {
    title: `Open ${extension} files with Notepad`,
    effect: 'reassociate',
    rung: 1,
    does: `A double click on a ${extension} file shows its text instead of running it (ProgID ${programId}).`,
    besides: `${extension} files that people open on purpose.`,
    check: `cmd.exe /c ftype ${programId} names notepad.exe.`,
    apply: [
      `$key = '${command}'`,
      `if (-not (Test-Path '${UNDO_KEY}')) { New-Item -Path '${UNDO_KEY}' -Force | Out-Null }`,
      `$old = (Get-Item -LiteralPath $key -ErrorAction SilentlyContinue)`,
      `if ($old -and -not (Get-ItemProperty -Path '${UNDO_KEY}' -Name '${programId}' -ErrorAction SilentlyContinue)) {`,
      `  New-ItemProperty -Path '${UNDO_KEY}' -Name '${programId}' -PropertyType ExpandString -Value $old.GetValue('', '', 'DoNotExpandEnvironmentNames') | Out-Null`,
      '}',
      'if (-not $old) { New-Item -Path $key -Force | Out-Null }',
      `Set-ItemProperty -LiteralPath $key -Name '(default)' -Type ExpandString -Value '%SystemRoot%\\System32\\notepad.exe "%1"'`,
    ],
    undo: [
      `$kept = Get-Item -Path '${UNDO_KEY}' -ErrorAction SilentlyContinue`,
      `if ($kept -and $kept.GetValueNames() -contains '${programId}') {`,
      `  Set-ItemProperty -LiteralPath '${command}' -Name '(default)' -Type ExpandString -Value $kept.GetValue('${programId}', '', 'DoNotExpandEnvironmentNames')`,
      `  Remove-ItemProperty -Path '${UNDO_KEY}' -Name '${programId}'`,
      '}',
    ],
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
    apply: [
      `Get-WindowsCapability -Online -Name '${name}*' | Where-Object State -eq 'Installed' | Remove-WindowsCapability -Online | Out-Null`,
    ],
    undo: [
      `Get-WindowsCapability -Online -Name '${name}*' | Where-Object State -ne 'Installed' | Add-WindowsCapability -Online | Out-Null`,
    ],
  }
}

const SCRIPT_HOST_KEY = 'HKLM:\\SOFTWARE\\Microsoft\\Windows Script Host\\Settings'

const SCRIPT_HOST: DisablingStep = {
  title: 'Turn Windows Script Host off',
  effect: 'remove',
  rung: 2,
  does: 'wscript.exe and cscript.exe refuse to run any script.',
  besides:
    'Logon scripts, slmgr, winrm and printer scripts in VBScript or JScript, for every user and service.',
  check: `(Get-ItemProperty '${SCRIPT_HOST_KEY}').Enabled is 0; cscript.exe //nologo x.vbs says that access is disabled.`,
  apply: [
    `if (-not (Test-Path '${SCRIPT_HOST_KEY}')) { New-Item -Path '${SCRIPT_HOST_KEY}' -Force | Out-Null }`,
    `New-ItemProperty -Path '${SCRIPT_HOST_KEY}' -Name 'Enabled' -PropertyType DWord -Value 0 -Force | Out-Null`,
  ],
  undo: [`Remove-ItemProperty -Path '${SCRIPT_HOST_KEY}' -Name 'Enabled' -ErrorAction SilentlyContinue`],
}

const APP_V: DisablingStep = {
  title: 'Turn the App-V client off',
  effect: 'remove',
  rung: 2,
  does: 'mavinject.exe serves the App-V client only; without it nothing needs the binary.',
  besides: 'Every application that App-V delivers: only where none is.',
  check: '(Get-AppvStatus).AppVClientEnabled is False.',
  apply: ['if (Get-Command Disable-Appv -ErrorAction SilentlyContinue) { Disable-Appv }'],
  undo: ['if (Get-Command Enable-Appv -ErrorAction SilentlyContinue) { Enable-Appv }'],
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
  ['control.exe', [reassociate('.cpl', 'cplfile')]],
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
