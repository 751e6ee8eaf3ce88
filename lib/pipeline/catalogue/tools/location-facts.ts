import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { locatePath, type PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { isUrl } from '@/lib/pipeline/normalise/command-line/url'
import { isWindowsOwn } from './system-folders'
import type { RiskFact, ToolTarget } from './tool-use'

/** Where code may be planted, by the class of its path. Classes that are listed nowhere show no risk by themselves. */
const FACTS: Partial<Record<PathClass, readonly RiskFact[]>> = {
  public: ['public-folder'],
  'windows-writable': ['writable-windows-folder'],
  'unix-temp': ['temp-folder'],
  downloads: ['downloads'],
  startup: ['startup-folder'],
  'drive-root': ['root-folder'],
  'program-data-root': ['program-data-root'],
  'alternate-data-stream': ['alternate-data-stream'],
  'recycle-bin': ['recycle-bin'],
  'shadow-copy': ['shadow-copy'],
}

/** The server is named by its number. */
export const BY_NUMBER: ReadonlySet<RiskFact> = new Set(['address-host', 'private-address'])

/** Facts that hold for any path named, executed or not: the rest only count for what is executed. */
const ANYWHERE: ReadonlySet<RiskFact> = new Set([
  'remote-url',
  'alternate-data-stream',
  'admin-share',
  ...BY_NUMBER,
])

/** Products that install themselves into a user's profile, by the first folder below it. */
const USER_PRODUCTS: ReadonlySet<string> = new Set(
  (
    'programs google slack zoom discord packages mozilla citrix githubdesktop webex ciscospark dropbox ' +
    'spotify whatsapp postman figma notion atlassian jetbrains box 1password bluejeans gotomeeting squirreltemp'
  ).split(' '),
)
/** Of Microsoft's folders in a profile those that hold code; the others hold settings, caches and links. */
const MICROSOFT_PRODUCTS: ReadonlySet<string> = new Set(
  (
    'teams, teamsmeetingaddin, teamsmeetingadd-in, teamspresenceaddin, onedrive, edge, edgeupdate, edgewebview, windowsapps, office, ' +
    'visualstudio, vscommon, vsapplicationinsights, power bi desktop, skypeforbusiness, addins, word, excel, templates, mmc, ' +
    'sql server management studio, azure data studio, whiteboard'
  ).split(', '),
)
/** Shares that every domain controller offers to its domain's logon scripts and policies. */
const DOMAIN_SHARES: ReadonlySet<string> = new Set(['netlogon', 'sysvol'])
/** What a developer's own build put there. */
const BUILDS: ReadonlySet<string> = new Set(['debug', 'release', 'x64', 'x86'])
const BUILD_OUTPUTS: ReadonlySet<string> = new Set(['bin', 'x64', 'x86', 'win32', 'arm64'])
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|0x[0-9a-f]{1,8}|\d{8,10}|\[[0-9a-f:.]{2,45}\])(?:@[\w@]{1,16})?$/
const URL_HOST = /^[a-z][a-z0-9+.-]{1,20}:[\\/]{0,3}(?:[^\\/@]{0,256}@)?([^\\/:?#]{1,256})/
/** What a server listens to, whatever it is called by: no address that anything could be fetched from. */
const LISTENS = /^https?:\/\/[+*]:\d{1,5}(?:\/|$)/
const ADMIN_SHARE = /^(?:[a-z]\$|admin\$|ipc\$)$/

function networkFacts(path: string, rest: readonly string[]): RiskFact[] {
  const [server = '', share = ''] = rest
  const host = isUrl(path) ? (URL_HOST.exec(path)?.[1] ?? '') : server
  const facts: RiskFact[] = ADDRESS.test(host) ? ['address-host'] : []
  if (ADMIN_SHARE.test(share)) facts.push('admin-share')
  return facts
}

/** `bin\\debug`, `x64\\release`, or either right above the file among sources. */
function isBuild(folders: readonly string[]): boolean {
  if (SOURCE_FOLDERS.has(folders[0] ?? '') && /^(?:debug|release)$/.test(folders.at(-2) ?? '')) return true
  return folders.some((name, at) => BUILD_OUTPUTS.has(name) && BUILDS.has(folders[at + 1] ?? ''))
}

/** `6d1ef8a0`: programs name a folder so that none is named twice; products are called something. */
const RANDOM = /^(?=.{0,31}\d)(?=.{0,31}[a-f])[0-9a-f]{4,32}$/
const CALLED_SO: ReadonlySet<string> = new Set(['a360'])

function randomFact([folder = '', ...below]: readonly string[]): readonly RiskFact[] {
  return below.length > 0 && RANDOM.test(folder) && !CALLED_SO.has(folder) ? ['random-folder'] : []
}

/** NSIS, Inno Setup, Windows Installer, 7-Zip's and InstallShield's kits make such folders for their own helpers. */
const UNPACKED =
  /^(?:ns[a-z0-9]{2,6}\.tmp|is-[a-z0-9]{4,8}\.tmp|msi[0-9a-f]{1,6}\.tmp|7zs?[0-9a-z]{4,12}|\{[0-9a-f-]{36}\}|_is[0-9a-f]{2,6})$/

function unpackedFact(rest: readonly string[]): readonly RiskFact[] {
  return rest.length > 1 && UNPACKED.test(rest[0] ?? '') ? ['unpacked-folder'] : []
}

const SCRIPT = /\.(?:vbs|vbe|js|jse|wsf|hta)$/
/** Scripts that Windows has, or had, in System32 itself. */
const WINDOWS_SCRIPTS: ReadonlySet<string> = new Set(
  (
    'slmgr.vbs winrm.vbs gathernetworkinfo.vbs syncappvpublishingserver.vbs manage-bde.wsf scregedit.wsf cscriptconfig.vbs pubprn.vbs eventquery.vbs ' +
    'pagefileconfig.vbs prncnfg.vbs prndrvr.vbs prnjobs.vbs prnmngr.vbs prnport.vbs prnqctl.vbs iisext.vbs iisweb.vbs iisvdir.vbs iisback.vbs ' +
    'iiscnfg.vbs iisftp.vbs iisapp.vbs winrmcmd.vbs dfsrhelper.vbs appvclient.vbs'
  ).split(' '),
)

const LIBRARY = /\.(?:dll|ocx|cpl|ax)$/

/**
 * Scripts in System32 itself, or among its drivers: policies and products have folders of their own there. Libraries in a folder that is none of Windows': only who has
 * the machine's rights makes one, and products have Program Files.
 */
function systemFacts(_path: string, rest: readonly string[]): readonly RiskFact[] {
  const name = rest.at(-1) ?? ''
  if (rest.length > 1 && LIBRARY.test(name) && !isWindowsOwn(rest[0] ?? '')) return ['stray-folder']
  const logs = logFact(rest)
  if (logs.length > 0) return logs
  const isOnTop = rest.length === 1 || (rest.length === 2 && rest[0] === 'drivers')
  return isOnTop && SCRIPT.test(name) && !WINDOWS_SCRIPTS.has(name) ? ['stray-script'] : []
}

/** Folders of the system drive that deployment tools make and empty again, by name. */
const DEPLOYMENT_FOLDERS: ReadonlySet<string> = new Set(['_smstasksequence', 'minint', 'deploymentshare'])
const DATA_DRIVE = /^[abd-z]:/
/** Servers keep their products on a drive of their own, under the same name. */
const PROGRAM_FOLDERS: ReadonlySet<string> = new Set(['program files', 'program files (x86)'])
/** Folder, folder, file: a mounted image or stick carries its files on top. */
const DEEP = 3

/** Of folders on top of a drive some are made by whoever runs the host. */
function rootFacts(path: string, rest: readonly string[]): readonly RiskFact[] {
  if (rest[0] === 'perflogs' && path.startsWith('c:')) return ['idle-folder']
  if (rest.some((name, at) => at < 2 && DEPLOYMENT_FOLDERS.has(name))) return ['deployment-folder']
  if (rest.length > 2 && SOURCE_FOLDERS.has(rest[0] ?? '')) return ['source-folder']
  if (DATA_DRIVE.test(path) && rest.length > 2 && PROGRAM_FOLDERS.has(rest[0] ?? '')) return []
  return DATA_DRIVE.test(path) && rest.length >= DEEP ? ['data-drive'] : ['root-folder']
}

/** Windows keeps only links to apps there; code that lies there itself was put by somebody else. */
function isAppLinkFolder(rest: readonly string[]): boolean {
  return rest[0] === 'microsoft' && rest[1] === 'windowsapps'
}

/** Where developers and build agents keep what they work on, by the first folder of a drive. */
const SOURCE_FOLDERS: ReadonlySet<string> = new Set(
  (
    'src source sources repo repos git github dev projects workspace workspaces build builds buildagent jenkins agent agents ' +
    'actions-runner gitlab-runner azagent vsts-agent teamcity tfs'
  ).split(' '),
)
/** Hosts that Windows itself counts to the local intranet are named without a dot; these two lead elsewhere. */
const NO_INTRANET: ReadonlySet<string> = new Set(['localhost', 'tsclient'])
const BARE_SERVER = /^[a-z0-9_-]{1,63}$/
const ALL_DIGITS = /^(?:\d+|0x[0-9a-f]+)$/

type Reader = (path: string, rest: readonly string[]) => readonly RiskFact[]

/** Addresses that lead nowhere on the internet (RFC 1918). */
const PRIVATE_ADDRESS = /^(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}$/

/** This host, those of its cable alone, and those behind a provider's translation (RFC 1122, 3927 and 6598). */
const NEARBY = /^(?:127\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/

/** Whether it names a host by its number, in whatever spelling, that is on the internet. */
export function isStrangersAddress(host: string): boolean {
  return ADDRESS.test(host) && !PRIVATE_ADDRESS.test(host) && !NEARBY.test(host)
}

/** Anybody can call a share `netlogon`: a server with a domain in its name is told to be the organisation's own where that is known. */
function shareFact([server = '', share = '']: readonly string[]): RiskFact {
  const isIntranet = BARE_SERVER.test(server) && !ALL_DIGITS.test(server) && !NO_INTRANET.has(server)
  if (DOMAIN_SHARES.has(share) && (isIntranet || PRIVATE_ADDRESS.test(server))) return 'domain-share'
  return isIntranet && !ADMIN_SHARE.test(share) ? 'intranet-share' : 'unc-path'
}

function shareFacts(path: string, rest: readonly string[]): readonly RiskFact[] {
  const facts = networkFacts(path, rest)
  const isPrivate = PRIVATE_ADDRESS.test(rest[0] ?? '')
  return [
    shareFact(rest),
    ...facts.map((fact) => (isPrivate && fact === 'address-host' ? 'private-address' : fact)),
  ]
}

/**
 * In ProgramData Microsoft's products have folders of their own below Microsoft's, and its `Windows` holds data and shortcuts alone. Who names a folder of
 * another maker `…\Microsoft\Windows` only wants it to look so.
 */
function isAmongWindowsData(rest: readonly string[]): boolean {
  const at = rest.indexOf('microsoft')
  const isWindows = at >= 0 && rest[at + 1] === 'windows' && rest[at + 2] !== 'start menu'
  return isWindows || (at === 0 && rest.length === 2)
}

const LOG_FOLDERS: ReadonlySet<string> = new Set(['log', 'logs', 'logfiles'])

/** Among the logs of Windows or of a product. */
function logFact(rest: readonly string[]): readonly RiskFact[] {
  return rest.slice(0, -1).some((name) => LOG_FOLDERS.has(name)) ? ['log-folder'] : []
}

/** Products that install themselves into a profile; Windows keeps only links to apps in its own folder there. */
function profileFacts(_path: string, rest: readonly string[]): readonly RiskFact[] {
  const [vendor = '', product = ''] = rest
  const isKnown = vendor === 'microsoft' ? MICROSOFT_PRODUCTS.has(product) : USER_PRODUCTS.has(vendor)
  const isProduct = rest.length > 1 && isKnown && !isAppLinkFolder(rest)
  return isProduct ? ['user-product-folder'] : ['user-folder', ...randomFact(rest)]
}

/** What a person keeps, or builds there. */
function ownFacts(_path: string, rest: readonly string[]): readonly RiskFact[] {
  return isBuild(rest) ? ['build-folder'] : ['user-folder']
}

/** No page and no address is called like code: `shell:a.dll`, loaded as a library, is a stream of a file `shell`; no stream has a question mark, behind which a message stands. */
const STREAM_OF_CODE =
  /^[a-z-]{2,32}:[^\\{?]{1,255}\.(?:dll|ocx|cpl|exe|scr|sct|hta|jse?|vb[se]|wsf|msi|bat|cmd|ps1|inf|xsl|tmp|dat|bin|txt|log)$/

/** Classes whose facts depend on the folders below. */
const READERS: Partial<Record<PathClass, Reader>> = {
  unc: shareFacts,
  webdav: (path, rest) => ['unc-path', 'remote-url', ...networkFacts(path, rest)],
  url: (path, rest) => (LISTENS.test(path) ? [] : ['remote-url', ...networkFacts(path, rest)]),
  system: systemFacts,
  'user-temp': (_path, rest) => ['user-temp', ...unpackedFact(rest)],
  temp: (_path, rest) => ['temp-folder', ...unpackedFact(rest)],
  'program-data': (_path, rest) =>
    isAmongWindowsData(rest)
      ? ['windows-data']
      : ['program-data-folder', ...randomFact(rest), ...logFact(rest)],
  local: profileFacts,
  roaming: profileFacts,
  desktop: (_path, rest) => (isBuild(rest) ? ['build-folder'] : ['desktop']),
  'user-profile': ownFacts,
  documents: ownFacts,
  'root-folder': (path, rest) => (isBuild(rest) ? ['build-folder'] : rootFacts(path, rest)),
  windows: (_path, rest) => {
    if (rest.length === 1) return ['windows-root']
    return rest[0] === 'ccmcache' ? ['deployment-cache'] : logFact(rest)
  },
  'shell-object': (path) => (STREAM_OF_CODE.test(path) ? ['alternate-data-stream'] : []),
  relative: (_path, rest) => (rest[0] === '..' ? ['climbs-folders'] : []),
}

/** MD5, SHA-1 or SHA-256 of a file as its name: samples are kept so; whoever makes programs calls them something. */
const HASH_NAME = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?:\.|$)/

/** A document by the name that Explorer shows, code by what Windows does with it (ATT&CK T1036.007). */
const DOUBLE_EXTENSION =
  /\.(?:pdf|docx?|xlsx?|pptx?|rtf|txt|csv|jpe?g|png|gif|bmp|mp[34]|avi)\s{0,64}\.(?:exe|scr|com|pif|bat|cmd|jse?|vb[se]|wsf|hta|msi|lnk|dll|cpl|chm)$/

/** What its name shows of something executed. */
export function namedLike({ class: location, name }: ToolTarget): readonly RiskFact[] {
  if (name === null || isInstalled(location)) return []
  if (DOUBLE_EXTENSION.test(name)) return ['double-extension']
  return HASH_NAME.test(name) ? ['named-by-hash'] : []
}

/** Risk of executing something at this place. Expects a path that `cleanPath` has been over. */
export function executedFrom(path: string): readonly RiskFact[] {
  const { class: location, rest } = locatePath(path)
  return READERS[location]?.(path, rest) ?? FACTS[location] ?? []
}

/** Risk of merely naming something at this place. */
export function namedAt(path: string): readonly RiskFact[] {
  return executedFrom(path).filter((fact) => ANYWHERE.has(fact))
}

/** Where people keep what they open; nothing that merely opens it runs it. */
const KEPT_BY_USERS: ReadonlySet<RiskFact> = new Set([
  'user-folder',
  'user-product-folder',
  'build-folder',
  'downloads',
  'desktop',
  // a page is for the browser to open
  'remote-url',
])

/** What remains of a place's risk where the file is opened by whatever program it belongs to. */
export function openedFrom(facts: readonly RiskFact[]): readonly RiskFact[] {
  return facts.filter((fact) => !KEPT_BY_USERS.has(fact))
}
