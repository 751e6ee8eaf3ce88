import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isOpenedByHand, isTask } from './by-hand'
import { isScriptHost } from './script-parent'

/** Whether it is Explorer's menu to try a program in another mode, or the troubleshooter that this starts. */
export function isTroubleshooting(signature: Signature): boolean {
  const { slug, parentName, pattern } = signature
  if (slug === 'msdt.exe') return parentName === 'pcwrun.exe' && pattern?.startsWith(COMPATIBILITY) === true
  return slug === 'pcwrun.exe' && isOpenedByHand(signature) && / contextmenu$/.test(pattern ?? '')
}

/** Whether it is Explorer's page of an old program's properties, of a program in a folder of the drive. */
export function isTriedByHand(signature: Signature): boolean {
  const { slug, target, pattern } = signature
  return (
    slug === 'pcwrun.exe' &&
    isOpenedByHand(signature) &&
    target?.class === 'root-folder' &&
    /^pcwrun <root-folder>\\(?!.{0,400}(?:\.\.|\$\()).{1,400}\.exe compattab$/.test(pattern ?? '')
  )
}

const COMPATIBILITY = 'msdt /path <windows>\\diagnostics\\index\\pcwdiagnostic.xml '

/** Agents of deployment, and the kit that wraps their packages, as the parent of a shell. */
const DEPLOYED =
  /^(?:deploy-application|invoke-appdeploytoolkit|ccmexec|microsoft\.management\.services\.intunewindowsagent)\.exe @ (?:windows|program-files) > /

const UPDATERS = new Set([
  'wuauclt.exe',
  'mousocoreworker.exe',
  'usoclient.exe',
  'trustedinstaller.exe',
  'tiworker.exe',
])

/** Whether Windows Update installs what it fetched. */
export function isWindowsUpdate({ slug, parentName, features, pattern }: Signature): boolean {
  const isUpdater = UPDATERS.has(parentName ?? '') || features.parent?.endsWith('(wuauserv)') === true
  return isUpdater && slug === 'msiexec.exe' && pattern?.includes('\\softwaredistribution\\') === true
}

/** The server of every address that a pattern names; one with a user's name before it is another's. Bounded. */
const ADDRESSES = /:\/\/(?![^/\s]{0,256}@)([^/:*\s"'|@]{1,256})/g
/** Servers of makers of software, where nobody else can leave files. */
const MAKERS = new RegExp(
  String.raw`(?:^|\.)(?:microsoft|windows|windowsupdate|office|adobe|oracle|java|vmware|citrix|cisco|dell|hp|lenovo|intel|nvidia|amd|veeam)\.com$|` +
    String.raw`(?:^|\.)(?:python|nodejs|mozilla|maven|apache|eclipse|gradle|postgresql|7-zip)\.org$|^(?:dl\.google|awscli\.amazonaws|update\.code\.visualstudio)\.com$`,
)

/** Whether every address that it names is of a maker's own servers. */
export function isFromMaker({ pattern, facts }: Signature): boolean {
  const servers = Array.from((pattern ?? '').matchAll(ADDRESSES), ([, server = '']) => server)
  const named = pattern?.split('://').length ?? 1
  return (
    !facts.includes('address-host') &&
    servers.length === named - 1 &&
    named > 1 &&
    servers.every((server) => MAKERS.test(server))
  )
}

/** Whether every address that it names is of the organisation's own servers. */
export function isFromOwnServers({ facts }: Signature): boolean {
  return facts.includes('own-url') && !facts.includes('remote-url')
}

/** Whether an agent of deployment, or the kit that wraps its packages, started the shell that started it. */
export function isDeployed({ features }: Signature): boolean {
  return DEPLOYED.test(features.lineage ?? '')
}

/** The compatibility assistant's service as a parent; it has no name where nobody reported the service host's arguments. */
const ASSISTANTS_SERVICE = /^svchost\.exe @ \S{1,32}(?: \(pcasvc\))?$/

/**
 * Whether the compatibility assistant starts again what was clicked: by Explorer, or by its service. It names the folder to start in as well (`assist`), whatever is
 * started; a program alone may come from any service but that of tasks.
 */
export function isAssistant(signature: Signature): boolean {
  const { slug, mode, parentName, features, pattern } = signature
  const isForm = mode === 'assist' || /\.exe\b/.test(pattern ?? '')
  const isService =
    mode === 'assist'
      ? ASSISTANTS_SERVICE.test(features.parent ?? '')
      : parentName === 'svchost.exe' && !isTask(signature)
  return (
    slug === 'pcalua.exe' &&
    isForm &&
    (isOpenedByHand(signature) || isService) &&
    !/mshta|powershell|cmd\.exe|rundll32|regsvr32|[cw]script|:\/\//.test(pattern ?? '')
  )
}

/** Whether the service of an installed product does it itself, rather than by a shell or script. */
export function isVendorService({ parentName, features }: Signature): boolean {
  return (
    features.parent?.endsWith(' @ program-files') === true &&
    features.user?.startsWith('system') === true &&
    !isScriptHost(parentName)
  )
}

/** Whether rundll32 calls this export of a library of Windows, and not some other library that is told of it: `printui.dll,printuientry`. */
export function callsWindows(call: string): (signature: Signature) => boolean {
  const called = new RegExp(`^rundll32 (?:/\\S{1,16} ){0,2}<system>\\\\${call.replaceAll('.', '\\.')} `)
  return ({ pattern }) => called.test(pattern ?? '')
}

/** Whether Windows Installer does it with the rights of the machine, for a package. */
export function isForPackage({ parentName, features }: Signature): boolean {
  return parentName === 'msiexec.exe' && features.user?.startsWith('system') === true
}

/** Windows' own servicing, as a parent. */
const SERVICING = /^(?:tiworker|trustedinstaller|poqexec)\.exe @ (?:windows|system)$/

/** Whether a package registers the provider of management data that it installed, or Windows' servicing one of Windows' own. */
export function registersProvider(signature: Signature): boolean {
  const { slug, features, pattern } = signature
  if (slug !== 'register-cimprovider.exe' || pattern === null) return false
  if (SERVICING.test(features.parent ?? '')) return pattern.includes('/path <system>\\wbem\\')
  return pattern.includes('/path <program-files>\\') && isForPackage(signature)
}

/** With these somebody sits at another host: what their shell does a person does. */
const REMOTE_CONTROL =
  /^(?:screenconnect|connectwise|teamviewer|anydesk|splashtop|srmanager|rutserv|remote utilities|netsupport|client32|dwrcs|logmein|lmi_|ateraagent|action1|meshagent|simplehelp|simpleservice|rustdesk|supremo|tacticalrmm|zohoassist|zaservice)/

/** Whether a program that is installed has a shell do it with the rights of the machine, as agents of monitoring and inventory do. */
export function isAskedByAgent({ features }: Signature): boolean {
  return (
    features.user?.startsWith('system') === true &&
    !REMOTE_CONTROL.test(features.lineage ?? '') &&
    / @ program-files > (?:cmd|powershell)\.exe @ system(?: >|$)/.test(features.lineage ?? '')
  )
}

/** Windows' own tasks that go on with what set-up left to do, by their number or name. */
export function isProvisioningTask({ slug, pattern, features }: Signature): boolean {
  return (
    slug === 'provlaunch.exe' &&
    /^provlaunch (?:<n>|logonidletask)$/.test(pattern ?? '') &&
    features.parent?.endsWith('(schedule)') === true
  )
}
