import { GUARDS } from './guards'
import type { RegistryKey } from './registry-key'

type Change = { key: RegExp; value: RegExp | null; data: RegExp | null }

const ON = /^0*(?:0x0*)?1$/
const OFF = /^0*(?:0x)?0$/
const DISABLED = /^(?:0x)?0*4$/
const ANY = null

/** What stops, blinds or opens a guard of the host when it is set so (ATT&CK T1562, T1112, T1548.002). Keys are as `readKey` has their path. */
const CHANGES: readonly Change[] = [
  {
    key: /(?:^|\\)microsoft\\(?:windows defender|microsoft antimalware|windows advanced threat protection)(?:\\|$)/,
    value:
      /^(?:disable(?:antispyware|antivirus|realtimemonitoring|behaviormonitoring|ioavprotection|onaccessprotection|scanonrealtimeenable|scriptscanning|blockatfirstseen|archivescanning|intrusionpreventionsystem|enhancednotifications|routinelytakingaction)|forcedefenderpassivemode)$/,
    data: ON,
  },
  {
    key: /(?:^|\\)microsoft\\windows defender(?:\\|$)/,
    value:
      /^(?:tamperprotection|spynetreporting|submitsamplesconsent|puaprotection|mpenablepus|enablenetworkprotection|enablecontrolledfolderaccess)$/,
    data: OFF,
  },
  { key: /(?:^|\\)microsoft\\windows defender\\exclusions\\/, value: ANY, data: ANY },
  {
    key: /(?:^|\\)microsoft\\windows\\currentversion\\policies\\system$/,
    value: /^(?:enablelua|consentpromptbehavioradmin|promptonsecuredesktop)$/,
    data: OFF,
  },
  {
    key: /(?:^|\\)microsoft\\windows\\currentversion\\policies\\system$/,
    value: /^localaccounttokenfilterpolicy$/,
    data: ON,
  },
  {
    key: /(?:^|\\)currentcontrolset\\control\\lsa$/,
    value: /^(?:runasppl|runaspplboot|limitblankpassworduse|disablerestrictedadmin|lsacfgflags)$/,
    data: OFF,
  },
  {
    key: /(?:^|\\)currentcontrolset\\control\\securityproviders\\wdigest$/,
    value: /^uselogoncredential$/,
    data: ON,
  },
  { key: /(?:^|\\)microsoft\\windows script(?: host)?\\settings$/, value: /^amsienable$/, data: OFF },
  {
    key: /(?:^|\\)microsoft\\windows\\powershell\\(?:scriptblocklogging|modulelogging|transcription)$/,
    value: /^enable(?:scriptblocklogging|modulelogging|transcripting)$/,
    data: OFF,
  },
  {
    key: /(?:^|\\)microsoft\\windows\\system$|(?:^|\\)microsoft\\windows\\currentversion\\explorer$/,
    value: /^(?:enablesmartscreen|smartscreenenabled)$/,
    data: /^(?:0*(?:0x)?0|off)$/,
  },
  {
    key: /(?:^|\\)microsoft\\office\\[^\\]+\\[^\\]+\\security$/,
    value: /^(?:vbawarnings|accessvbom)$/,
    data: ON,
  },
  {
    key: /(?:^|\\)microsoft\\windows nt\\(?:currentversion\\)?systemrestore$/,
    value: /^disable(?:sr|config)$/,
    data: ON,
  },
  {
    key: /(?:^|\\)currentcontrolset\\services\\sharedaccess\\parameters\\firewallpolicy\\[^\\]+$|(?:^|\\)microsoft\\windowsfirewall\\[^\\]+$/,
    value: /^enablefirewall$/,
    data: OFF,
  },
  { key: /(?:^|\\)currentcontrolset\\services\\eventlog\\[^\\]+$/, value: /^maxsize$/, data: OFF },
  // the logs that show what PowerShell and programs did
  {
    key: /(?:^|\\)microsoft\\windows\\currentversion\\winevt\\channels\\(?:microsoft-windows-(?:powershell|sysmon|windows defender|taskscheduler|wmi-activity|security-mitigations|codeintegrity|applocker|bits-client|terminalservices-[a-z]{1,40})|powershellcore)\/[^\\]{1,64}$/,
    value: /^enabled$/,
    data: OFF,
  },
  // the event log stops where Windows takes itself for its own set-up
  { key: /(?:^|\\)currentcontrolset\\control\\minint(?:\\|$)/, value: ANY, data: ANY },
  // what starts in safe mode, where guards do not
  { key: /(?:^|\\)currentcontrolset\\control\\safeboot\\(?:minimal|network)\\/, value: ANY, data: ANY },
  // who has a password gets in by remote desktop
  {
    key: /(?:^|\\)(?:currentcontrolset\\control\\terminal server|microsoft\\windows nt\\terminal services)$/,
    value: /^fdenytsconnections$/,
    data: OFF,
  },
]

const SERVICE = /(?:^|\\)currentcontrolset\\services\\([^\\]+)$/
/** Windows' own by name: its firewall, its logs, the copies that it keeps. */
const GUARDING_SERVICES: ReadonlySet<string> = new Set(
  'wdnissvc wdnisdrv wdfilter wdboot sense mpssvc bfe wscsvc eventlog vss swprv sdrsvc wbengine mssecflt'.split(
    ' ',
  ),
)
const GUARD_KEYS =
  /(?:^|\\)microsoft\\(?:windows defender(?!\\exclusions)|amsi\\providers|security center)(?:\\|$)/

function isGuardService(path: string): boolean {
  const name = SERVICE.exec(path)?.[1]
  return name !== undefined && (GUARDING_SERVICES.has(name) || GUARDS.test(name))
}

/** Whether a value that is set so stops, blinds or opens a guard of the host. `value` and `data`: cleaned; the default value is empty. */
export function opensGuard({ path }: RegistryKey, value: string, data: string): boolean {
  if (value === 'start' && DISABLED.test(data) && isGuardService(path)) return true
  return CHANGES.some(
    (change) =>
      change.key.test(path) &&
      (change.value === null || change.value.test(value)) &&
      (change.data === null || change.data.test(data)),
  )
}

/** What switches a guard off is deleted to have it on again. */
const SWITCH_OFF = /^(?:disable|forcedefenderpassivemode)/

/** What guards only where it is set: deleted it is off. An empty value is the key itself. */
const GUARDS_IF_SET: readonly Omit<Change, 'data'>[] = [
  {
    key: /(?:^|\\)currentcontrolset\\control\\lsa$/,
    value: /^(?:runasppl|runaspplboot|lsacfgflags)$/,
  },
  {
    key: /(?:^|\\)microsoft\\windows\\powershell\\(?:scriptblocklogging|modulelogging|transcription)$/,
    value: /^(?:|enable(?:scriptblocklogging|modulelogging|transcripting))$/,
  },
  { key: /(?:^|\\)policies\\microsoft\\windows\\powershell$/, value: /^$/ },
]

function isOffWhenDeleted(path: string, value: string): boolean {
  return GUARDS_IF_SET.some((one) => one.key.test(path) && (one.value === null || one.value.test(value)))
}

const FORWARDED_PORTS = /(?:^|\\)currentcontrolset\\services\\portproxy\\v[46]tov[46]\\(?:tcp|udp)$/

/** Whether its values are ports that are forwarded, as netsh sets them. */
export function forwardsPorts({ path }: RegistryKey): boolean {
  return FORWARDED_PORTS.test(path)
}

const FIREWALL_RULES =
  /(?:^|\\)(?:firewallpolicy|microsoft\\windowsfirewall)\\(?:restrictedservices\\(?:static|configurable)\\system\\)?firewallrules$/

/** Whether it is a rule of the firewall that lets connections in. `data`: cleaned. */
export function opensFirewall({ path }: RegistryKey, data: string): boolean {
  return (
    FIREWALL_RULES.test(path) && /\|action=allow\|/.test(data) && !/\|(?:dir=out|active=false)\|/.test(data)
  )
}

/** Whether what is deleted there is a guard's. `value`: cleaned; empty where the whole key is, or its default value. */
export function removesGuard({ path }: RegistryKey, value: string): boolean {
  if (isOffWhenDeleted(path, value)) return true
  return !SWITCH_OFF.test(value) && (GUARD_KEYS.test(path) || (value === '' && isGuardService(path)))
}

/** Whether it is asked what a guard looks at, and what it leaves out. */
export function asksGuard({ path }: RegistryKey): boolean {
  return /(?:^|\\)microsoft\\windows defender\\exclusions(?:\\|$)/.test(path)
}
