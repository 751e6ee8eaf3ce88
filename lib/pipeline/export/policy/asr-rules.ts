/** Values of a rule's state in every language that sets it. */
export const ASR_ACTIONS = { Enabled: 1, AuditMode: 2 } as const

export type AsrRule = {
  id: string
  /** As people know it. */
  name: string
  /** What it stops, a clause. */
  stops: string
  /** Binaries it is near to; null = any. */
  only: readonly string[] | null
  /** Known to break what is widely used: never turned to block by a file of ours. */
  staysInAudit: boolean
}

function rule(
  id: string,
  name: string,
  stops: string,
  only: AsrRule['only'] = null,
  staysInAudit = false,
): AsrRule {
  return { id, name, stops, only, staysInAudit }
}

/** Microsoft's standard protection rules: little to break, to be turned on first. */
export const STANDARD_RULES: readonly AsrRule[] = [
  rule(
    '56a863a9-875e-4185-98a7-b882c64b5ce5',
    'Vulnerable signed drivers',
    'drivers with known holes being written to disk',
  ),
  rule(
    '9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2',
    'Credential stealing from LSASS',
    'programs opening the memory of lsass.exe',
  ),
  rule(
    'e6db77e5-3df2-4cf1-b95a-636979351e5b',
    'Persistence by WMI',
    'event subscriptions in the WMI repository',
  ),
]

const SCRIPT_HOSTS = ['wscript.exe', 'cscript.exe', 'mshta.exe']

/** Those that close ways to proxy execution. */
export const NEAR_RULES: readonly AsrRule[] = [
  rule(
    'd4f940ab-401b-4efc-aadc-ad5f3c50688a',
    'Office child processes',
    'every program that Word, Excel, PowerPoint, OneNote or Access starts, not only this one',
  ),
  rule(
    '26190899-1602-49e8-8b27-eb1d0a1ce869',
    'Outlook child processes',
    'every program that Outlook starts',
  ),
  rule(
    '7674ba52-37eb-4a4f-a9a1-f0f9a1619a2c',
    'Adobe Reader child processes',
    'every program that Adobe Reader starts',
  ),
  rule(
    'c0033c00-d16d-4114-a5a0-dc9b3a7d2ceb',
    'Copied or impersonated system tools',
    'copies of system tools in other folders, and files that pose as them',
  ),
  rule(
    'd3e037e1-3eb8-44c8-a917-57927947596d',
    'Scripts launching downloaded content',
    'JavaScript and VBScript starting what was downloaded, line-of-business scripts among it',
    SCRIPT_HOSTS,
  ),
  rule(
    '5beb7efe-fd9a-4556-801d-275e5ffc04cc',
    'Obfuscated scripts',
    'scripts that look obfuscated, minified ones among them',
    SCRIPT_HOSTS,
  ),
  rule(
    'd1e49aac-8f56-4280-b9ba-993a6d77406c',
    'Processes from PSExec and WMI',
    'everything started through PSExec or WMI; it breaks Configuration Manager, so it stays in audit here',
    null,
    true,
  ),
  rule(
    '01443614-cd74-433a-b99e-2ecdc07bfc25',
    'Rare, new and untrusted programs',
    'programs that are neither widespread, old nor on Microsoft’s list, software of the house among them, so it stays in audit here',
    null,
    true,
  ),
]

/** Those that say little of proxy execution: hosts' reports of them are read and named, and no policy of ours sets them. */
const REPORTED_RULES: readonly AsrRule[] = [
  rule(
    'be9ba2d9-53ea-4cdc-84e5-9b1eeee46550',
    'Executable content from mail',
    'programs and scripts being opened from mail, in Outlook and in webmail',
  ),
  rule(
    '3b576869-a4ec-4529-8536-b80a7769e899',
    'Office creating executable content',
    'Word, Excel and PowerPoint writing programs and scripts to disk',
  ),
  rule(
    '75668c1f-73b5-4cf0-bb93-3ecf5cb7cc84',
    'Office injecting code',
    'Word, Excel, PowerPoint and OneNote writing code into other processes',
  ),
  rule(
    '92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b',
    'Win32 calls from Office macros',
    'macros calling Windows’ own functions',
  ),
  rule(
    'b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4',
    'Untrusted programs from USB',
    'unsigned and untrusted programs on removable drives',
  ),
  rule(
    'c1db55ab-c21a-4637-bb3f-a12568109d35',
    'Protection against ransomware',
    'programs that look like ransomware, unless they are signed, widespread or known',
  ),
  rule(
    '33ddedf1-c6e0-47cb-833e-de6133960387',
    'Restart in Safe Mode',
    'commands that restart the host in Safe Mode',
  ),
  rule(
    'a8f5898e-1dc8-49a9-9878-85004b8a61e6',
    'Web shells on servers',
    'scripts that are web shells being written on servers with Exchange',
  ),
]

/** All that can be named: those that policies set first. */
export const ASR_RULES: readonly AsrRule[] = [...STANDARD_RULES, ...NEAR_RULES, ...REPORTED_RULES]
