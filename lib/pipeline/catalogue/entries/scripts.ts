import type { CatalogueEntry } from '../entry'
import { entry } from './builder'
import { SYSTEM, SYSTEM32 } from './folders'

/** Signed scripts that run what they are given. */
// biome-ignore format: a table
export const SCRIPT_ENTRIES: readonly CatalogueEntry[] = [
  entry('CL_LoadAssembly.ps1', 'baseline', 'Execute', 'T1216', [String.raw`C:\Windows\diagnostics\system\Audio`],
    'Troubleshooting pack script with a function that loads a .NET assembly.',
    { use: 'The audio troubleshooter.' }),
  entry('CL_Mutexverifiers.ps1', 'baseline', 'Execute', 'T1216', [
    String.raw`C:\Windows\diagnostics\system\WindowsUpdate`,
    String.raw`C:\Windows\diagnostics\system\Audio`,
    String.raw`C:\Windows\diagnostics\system\Video`,
    String.raw`C:\Windows\diagnostics\system\Speech`,
  ],
    'Troubleshooting pack script with a function that runs what it is given after a wait.',
    { use: 'Windows troubleshooters.' }),
  entry('CL_Invocation.ps1', 'baseline', 'Execute', 'T1216', [
    String.raw`C:\Windows\diagnostics\system\AERO`,
    String.raw`C:\Windows\diagnostics\system\Audio`,
    String.raw`C:\Windows\diagnostics\system\WindowsUpdate`,
  ],
    'Troubleshooting pack script with a function that starts a program.',
    { use: 'Windows troubleshooters.' }),
  entry('Launch-VsDevShell.ps1', 'baseline', 'Execute', 'T1216', [
    String.raw`C:\Program Files (x86)\Microsoft Visual Studio\2019\Community\Common7\Tools`,
    String.raw`C:\Program Files\Microsoft Visual Studio\2022\Community\Common7\Tools`,
  ],
    'Opens the Visual Studio developer PowerShell, starting a program named by a parameter.',
    { use: 'Developers opening the developer shell.' }),
  entry('Manage-bde.wsf', 'baseline', 'Execute', 'T1216', [SYSTEM32],
    'Old BitLocker script that runs a program found through an environment variable.',
    { use: 'BitLocker administration on old systems.' }),
  entry('Pubprn.vbs', 'baseline', 'Execute', 'T1216.001', [
    String.raw`C:\Windows\System32\Printing_Admin_Scripts\en-US`,
    String.raw`C:\Windows\SysWOW64\Printing_Admin_Scripts\en-US`,
  ],
    'Publishes printers to the directory and can load a scriptlet from an address.',
    { use: 'Print administrators publishing queues; rare.' }),
  entry('Syncappvpublishingserver.vbs', 'baseline', 'Execute', 'T1216.002', [SYSTEM32],
    'Script form of the App-V publishing refresh that passes its arguments to PowerShell.',
    { use: 'Only where App-V is in use.' }),
  entry('UtilityFunctions.ps1', 'baseline', 'Execute', 'T1216', [String.raw`C:\Windows\diagnostics\system\Networking`],
    'Network troubleshooting pack script with a function that loads a .NET assembly.',
    { use: 'The network troubleshooter.' }),
  entry('winrm.vbs', 'baseline', 'AWL Bypass,Execute', 'T1216,T1220', SYSTEM,
    'Administers Windows Remote Management and applies XSL files found beside cscript.',
    { use: 'Administrators and installers configuring WinRM.' }),
  entry('Pester.bat', 'baseline', 'Execute', 'T1216', [String.raw`c:\Program Files\WindowsPowerShell\Modules\Pester\<VERSION>\bin`],
    'Starts the Pester test framework, running PowerShell given as an argument.',
    { use: 'PowerShell developers running tests.' }),
]
