import { application } from './program'

const OFFICE = String.raw`C:\Program Files\Microsoft Office\root\Office16`
const office = (file: string, original: string) =>
  application(`${OFFICE}\\${file}`, 'Microsoft Corporation', 'Microsoft Office', '16.0.16731.20504', original)

export const word = office('WINWORD.EXE', 'WinWord.exe')
export const excel = office('EXCEL.EXE', 'Excel.exe')
export const outlook = office('OUTLOOK.EXE', 'Outlook.exe')
export const powerpoint = office('POWERPNT.EXE', 'POWERPNT.EXE')
export const chrome = application(
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  'Google LLC',
  'Google Chrome',
  '120.0.6099.130',
)
export const edge = application(
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  'Microsoft Corporation',
  'Microsoft Edge',
  '120.0.2210.91',
)
export const googleUpdate = application(
  String.raw`C:\Program Files (x86)\Google\Update\GoogleUpdate.exe`,
  'Google LLC',
  'Google Update',
  '1.3.36.312',
)
export const edgeUpdate = application(
  String.raw`C:\Program Files (x86)\Microsoft\EdgeUpdate\MicrosoftEdgeUpdate.exe`,
  'Microsoft Corporation',
  'Microsoft Edge Update',
  '1.3.181.5',
  'msedgeupdate.dll',
)
export const officeClickToRun = application(
  String.raw`C:\Program Files\Common Files\Microsoft Shared\ClickToRun\OfficeC2RClient.exe`,
  'Microsoft Corporation',
  'Microsoft Office',
  '16.0.16731.20504',
)
export const acrobat = application(
  String.raw`C:\Program Files\Adobe\Acrobat DC\Acrobat\Acrobat.exe`,
  'Adobe Systems Incorporated',
  'Adobe Acrobat',
  '23.6.20380.0',
)
export const adobeArm = application(
  String.raw`C:\Program Files (x86)\Common Files\Adobe\ARM\1.0\AdobeARM.exe`,
  'Adobe Inc.',
  'Adobe Reader and Acrobat Manager',
  '1.824.460.1095',
)
export const defender = application(
  String.raw`C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.23110.3-0\MsMpEng.exe`,
  'Microsoft Corporation',
  'Microsoft® Windows® Operating System',
  '4.18.23110.3',
)
export const ccmExec = application(
  String.raw`C:\Windows\CCM\CcmExec.exe`,
  'Microsoft Corporation',
  'Microsoft Configuration Manager',
  '5.00.9096.1000',
)
export const smsExec = application(
  String.raw`D:\Program Files\Microsoft Configuration Manager\bin\X64\smsexec.exe`,
  'Microsoft Corporation',
  'Microsoft Configuration Manager',
  '5.00.9096.1000',
)
export const intuneAgent = application(
  String.raw`C:\Program Files (x86)\Microsoft Intune Management Extension\Microsoft.Management.Services.IntuneWindowsAgent.exe`,
  'Microsoft Corporation',
  'Microsoft Intune Management Extension',
  '1.77.109.0',
)
export const monitoringHost = application(
  String.raw`C:\Program Files\Microsoft Monitoring Agent\Agent\MonitoringHost.exe`,
  'Microsoft Corporation',
  'Microsoft Monitoring Agent',
  '10.20.18069.0',
)
export const inventoryAgent = application(
  String.raw`C:\Program Files\Lansweeper\LsAgent\LsAgent.exe`,
  'Lansweeper',
  'LsAgent',
  '10.4.2.1',
)
export const backupAgent = application(
  String.raw`C:\Program Files\Veritas\NetBackup\bin\bpbkar32.exe`,
  'Veritas Technologies LLC',
  'NetBackup',
  '10.1.1',
)
export const erpService = application(
  String.raw`D:\Apps\Ledgerline\bin\LedgerlineService.exe`,
  'Ledgerline AG',
  'Ledgerline ERP',
  '8.2.4.0',
)
export const legacyUpdater = application(
  String.raw`C:\Program Files (x86)\Stratus\CadView\UpdateAgent.exe`,
  'Stratus Engineering',
  'CadView',
  '4.1.0.77',
)
export const devenv = application(
  String.raw`C:\Program Files\Microsoft Visual Studio\2022\Professional\Common7\IDE\devenv.exe`,
  'Microsoft Corporation',
  'Microsoft Visual Studio',
  '17.8.34330.188',
)
export const vsCode = application(
  String.raw`C:\Program Files\Microsoft VS Code\Code.exe`,
  'Microsoft Corporation',
  'Visual Studio Code',
  '1.85.1',
  'electron.exe',
)
export const git = application(
  String.raw`C:\Program Files\Git\cmd\git.exe`,
  'The Git Development Community',
  'Git',
  '2.43.0.1',
)
export const node = application(String.raw`C:\Program Files\nodejs\node.exe`, 'Node.js', 'Node.js', '20.10.0')
export const dotnet = application(
  String.raw`C:\Program Files\dotnet\dotnet.exe`,
  'Microsoft Corporation',
  '.NET',
  '8.0.123.58001',
  '.NET Host',
)
export const buildAgent = application(
  String.raw`C:\agent\bin\Agent.Worker.exe`,
  'Microsoft Corporation',
  'Azure Pipelines Agent',
  '3.232.1',
  'Agent.Worker.dll',
)
/** The support service of each hardware vendor. */
export const HARDWARE_SERVICES = {
  HP: application(
    String.raw`C:\Program Files\HP\HP Support Framework\HPSupportSolutionsFrameworkService.exe`,
    'HP Inc.',
    'HP Support Solutions Framework',
    '13.0.1.131',
  ),
  Lenovo: application(
    String.raw`C:\Program Files (x86)\Lenovo\VantageService\3.13.72.0\LenovoVantageService.exe`,
    'Lenovo Group Ltd.',
    'Lenovo Vantage Service',
    '3.13.72.0',
  ),
  Dell: application(
    String.raw`C:\Program Files\Dell\SupportAssistAgent\bin\SupportAssistAgent.exe`,
    'Dell Inc.',
    'SupportAssist',
    '3.14.2.45116',
  ),
} as const

/** Programs installed under a user's profile. */
export function userProgram(account: string, name: 'Teams' | 'TeamsUpdate' | 'OneDrive' | 'OneDriveUpdater') {
  const local = `C:\\Users\\${account}\\AppData\\Local\\Microsoft`
  switch (name) {
    case 'Teams':
      return application(
        `${local}\\Teams\\current\\Teams.exe`,
        'Microsoft Corporation',
        'Microsoft Teams',
        '1.6.0.33567',
      )
    case 'TeamsUpdate':
      return application(
        `${local}\\Teams\\Update.exe`,
        'Microsoft Corporation',
        'Microsoft Teams',
        '1.6.0.33567',
        '-',
      )
    case 'OneDrive':
      return application(
        `${local}\\OneDrive\\OneDrive.exe`,
        'Microsoft Corporation',
        'Microsoft OneDrive',
        '23.246.1127.2',
      )
    case 'OneDriveUpdater':
      return application(
        `${local}\\OneDrive\\OneDriveStandaloneUpdater.exe`,
        'Microsoft Corporation',
        'Microsoft OneDrive',
        '23.246.1127.2',
      )
  }
}
