/** PowerShell that keeps what was set before the first change, so that undoing gives it back instead of what we think is usual. */

const KEY = 'HKLM:\\SOFTWARE\\Cordon\\Undo'
/** Kept of a setting that was not set: nothing that a setting could say. */
const NONE = '(none)'

/**
 * Lines that keep a setting under a name, once. `name`: a PowerShell string; `before`: an expression for what is set, $null where nothing is.
 */
export function keepSetting(name: string, before: string): string[] {
  return [
    `if (-not (Test-Path '${KEY}')) { New-Item -Path '${KEY}' -Force | Out-Null }`,
    `if ((Get-Item -Path '${KEY}').GetValueNames() -notcontains ${name}) {`,
    `  $before = ${before}`,
    `  if ($null -eq $before) { $before = '${NONE}' }`,
    `  New-ItemProperty -Path '${KEY}' -Name ${name} -PropertyType ExpandString -Value ([string]$before) | Out-Null`,
    '}',
  ]
}

/**
 * Lines that give a setting back and forget it; nothing where none was kept. `restore`: lines for what was set, in `$kept`; `clear`: for what was not set.
 */
export function giveSettingBack(
  name: string,
  restore: readonly string[],
  clear: readonly string[],
): string[] {
  const indent = (lines: readonly string[]) => lines.map((line) => `    ${line}`)
  return [
    `$undo = Get-Item -Path '${KEY}' -ErrorAction SilentlyContinue`,
    `if ($undo -and $undo.GetValueNames() -contains ${name}) {`,
    `  $kept = $undo.GetValue(${name}, '', 'DoNotExpandEnvironmentNames')`,
    `  if ($kept -ne '${NONE}') {`,
    ...indent(restore),
    ...(clear.length === 0 ? [] : ['  } else {', ...indent(clear)]),
    '  }',
    `  Remove-ItemProperty -Path '${KEY}' -Name ${name}`,
    '}',
  ]
}
