import { giveSettingBack, keepSetting } from '../text/kept-settings'
import { powerShellScript } from '../text/power-shell'
import type { AuditConfig } from './audit-config'

const SUBCATEGORY = '{0CCE922B-69AE-11D9-BED3-505054503030}'
const KEY = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit'
const VALUE = 'ProcessCreationIncludeCmdLine_Enabled'

function setCommandLines(value: string): string {
  return `New-ItemProperty -Path '${KEY}' -Name '${VALUE}' -PropertyType DWord -Value ${value} -Force | Out-Null`
}

/** Windows' own event 4688, with command lines. */
export const PROCESS_CREATION: AuditConfig = {
  id: 'process-creation',
  label: 'Process creation (event 4688)',
  platform: 'windows',
  closes: ['process-creation', 'command-lines'],
  about:
    'Windows writes every process creation to the Security log, with its command line. Both settings are needed; the log has no hashes, original names or modules. Command lines may hold passwords: anybody who reads the Security log sees them.',
  write: () => [
    {
      name: 'process-creation/enable.ps1',
      about: 'Turns both settings on.',
      text: powerShellScript(
        ['Audits process creation with command lines.'],
        [
          `auditpol.exe /set '/subcategory:${SUBCATEGORY}' /success:enable`,
          `if (-not (Test-Path '${KEY}')) { New-Item -Path '${KEY}' -Force | Out-Null }`,
          ...keepSetting(
            `'${VALUE}'`,
            `(Get-ItemProperty -Path '${KEY}' -Name '${VALUE}' -ErrorAction SilentlyContinue).${VALUE}`,
          ),
          setCommandLines('1'),
        ],
      ),
    },
    {
      name: 'process-creation/undo.ps1',
      about:
        'Turns the event off, whoever turned it on: not where others need it. Command lines are recorded as before.',
      text: powerShellScript(
        ['Stops auditing process creation, and sets the recording of command lines as it was.'],
        [
          `auditpol.exe /set '/subcategory:${SUBCATEGORY}' /success:disable`,
          ...giveSettingBack(
            `'${VALUE}'`,
            [setCommandLines('([int]$kept)')],
            [`Remove-ItemProperty -Path '${KEY}' -Name '${VALUE}' -ErrorAction SilentlyContinue`],
          ),
        ],
      ),
    },
  ],
  deploy: [
    'Group Policy: Advanced Audit Policy, Detailed Tracking, Audit Process Creation: Success; and Administrative Templates, System, Audit Process Creation, Include command line in process creation events.',
    'Intune: the same two in the settings catalogue. One host: enable.ps1.',
    'Group Policy that sets the older audit categories wins: turn on "Force audit policy subcategory settings".',
  ],
  verify: [
    `auditpol.exe /get /subcategory:"${SUBCATEGORY}" says Success.`,
    'Start a program: its event 4688 has a Process Command Line.',
  ],
}
