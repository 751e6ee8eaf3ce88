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
