import { isSystemLauncher } from '@/lib/pipeline/baseline/operating-system-use'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { ADMINISTRATION } from './administration-exceptions'
import { isKept, isMadeByHand, isOpenedByHand, isTask } from './by-hand'
import type { Exception } from './exception'
import { LATER } from './later-exceptions'
import { LOADERS } from './loaders'
import { isMakersOwn, isProductData } from './makers'
import { CODE, opensDocument } from './opens-document'
import { PRACTICE } from './practice-exceptions'
import { isScriptHost } from './script-parent'
import { isInstallerAction, isSetUp } from './set-up'
import {
  callsWindows,
  isDeployed,
  isForPackage,
  isFromOwnServers,
  isTriedByHand,
  isTroubleshooting,
  isVendorService,
  isWindowsUpdate,
} from './well-known-use'

/**
 * Scripts, consoles, help files and packages are kept on shares and data drives by every operations team; libraries and assemblies that a loader is
 * pointed at are not.
 */
const KEPT_ANYWHERE = new Set([
  'msiexec.exe',
  'wscript.exe',
  'cscript.exe',
  'mmc.exe',
  'hh.exe',
  'msbuild.exe',
  'ftp.exe',
  'forfiles.exe',
  'certutil.exe',
  'aspnet_compiler.exe',
  'diskshadow.exe',
  'cdb.exe',
])
/** Connection profiles, drivers and what desktops show are handed out on the organisation's shares. */
const HANDED_OUT = new Set([...KEPT_ANYWHERE, 'cmstp.exe', 'infdefaultinstall.exe', 'bginfo.exe'])
/** Run a library as it is, from whatever folder. */
const LIBRARY_LOADERS = new Set(['rundll32.exe', 'regsvr32.exe', 'odbcconf.exe', 'control.exe'])
const SCRIPT_HOSTS = new Set(['wscript.exe', 'cscript.exe'])
/** Scripts, packages and consoles in ProgramData are how products are managed; what is loaded from there seldom is. */
const LOADS = new Set([...LOADERS, 'control.exe', 'infdefaultinstall.exe', 'msbuild.exe', 'mofcomp.exe'])
/** What operations teams write for a shell. */
const BATCHES = new Set(['cmd', 'bat', 'ps1', 'vbs'])
/** Developers build and test in their own folders. */
const DEVELOPERS = new Set([
  'msbuild.exe',
  'csc.exe',
  'vbc.exe',
  'vstest.console.exe',
  'tracker.exe',
  'aspnet_compiler.exe',
  'dotnet.exe',
  'cdb.exe',
])
/** Tools that work on what lies among sources and builds. */
const BUILDERS = new Set([
  ...DEVELOPERS,
  ...[
    'installutil.exe',
    'regasm.exe',
    'regsvcs.exe',
    'msxsl.exe',
    'ilasm.exe',
    'csi.exe',
    'rcsi.exe',
    'jsc.exe',
  ],
])
/** The file that is encoded, which is named first. */
const ARCHIVE_ENCODED = /^certutil(?: [-/]\S{1,32}){1,6} (?:<secret> )?.{1,300}?\.(?:zip|rar|7z|cab|iso) /

/** Extension of the file that a decoding writes, which is named last; empty = none. */
function written(pattern: string | null): string {
  return / \S.{0,400}\.([a-z0-9]{1,8})(?: \/[a-z]{1,32})*$/.exec(pattern ?? '')?.[1] ?? ''
}

/** Windows itself does it, at logon or for a policy. */
function isPartOfLogon({ parentName }: Signature): boolean {
  return isSystemLauncher(parentName) || parentName === 'explorer.exe'
}

/** A package has the service started and stopped by .NET's own installer that it has just put in Program Files. */
function installsService(signature: Signature): boolean {
  const { slug, target } = signature
  return slug === 'installutil.exe' && target?.class === 'program-files' && isForPackage(signature)
}

/** Where a fact counts otherwise than it is weighed; the first that applies. Weights: by hand, none above the fact's own. */
const EXCEPTIONS: readonly Exception[] = [
  ...PRACTICE,
  ...LATER,
  ...ADMINISTRATION,
  { facts: ['user-temp', 'temp-folder', 'odd-extension'], bits: 0, when: isInstallerAction },
  {
    facts: ['user-folder'],
    bits: 0,
    when: ({ slug, target }) => DEVELOPERS.has(slug) && target?.class === 'user-profile',
  },
  // where editors that fetch sources put them, built by the development environment's own
  {
    facts: ['user-folder'],
    bits: 0,
    when: ({ slug, target, features }) =>
      slug === 'msbuild.exe' && target?.class === 'documents' && features.identity === 'program-files',
  },
  // a double click on a downloaded package: Explorer passes no quiet option, so its user sees what is installed
  { facts: ['downloads'], bits: 1, when: (one) => one.slug === 'msiexec.exe' && isOpenedByHand(one) },
  { facts: ['user-temp', 'temp-folder', 'downloads', 'user-folder'], bits: 1, when: isSetUp },
  // a set-up program installs its driver; with a shell as parent it is the way to run what a set-up file says
  { facts: ['launches-program'], bits: 2.5, when: isSetUp },
  { facts: ['user-temp', 'temp-folder'], bits: 1.5, when: isVendorService },
  {
    facts: [
      ...(['unc-path', 'intranet-share', 'own-share', 'root-folder', 'data-drive', 'source-folder'] as const),
      ...(['user-temp', 'temp-folder'] as const),
    ],
    bits: 0,
    when: opensDocument,
  },
  { facts: ['windows-root'], bits: 0, when: ({ slug }) => !LOADS.has(slug) },
  {
    facts: ['launches-program'],
    bits: 0,
    when: (one) => one.slug === 'runonce.exe' && isPartOfLogon(one),
  },
  {
    facts: ['launches-command'],
    bits: 0.5,
    when: (one) => one.slug === 'gpscript.exe' && isSystemLauncher(one.parentName),
  },
  // the tab of Explorer's properties that tries an installed program in another mode
  {
    facts: ['launches-program'],
    bits: 1,
    when: (one) =>
      one.slug === 'pcwrun.exe' && isOpenedByHand(one) && isInstalled(one.target?.class ?? 'bare'),
  },
  { facts: ['launches-program'], bits: 2.5, when: isTriedByHand },
  { facts: ['root-folder', 'data-drive'], bits: 0.5, when: isTriedByHand },
  // its menu, which tries any program that was clicked
  { facts: ['launches-program'], bits: 1, when: isTroubleshooting },
  { facts: ['root-folder', 'data-drive'], bits: 0.5, when: isTroubleshooting },
  // packages of the deployment keep their own log, and Windows Installer one of its own
  { facts: ['leaves-no-log'], bits: 0.5, when: (one) => isDeployed(one) || installsService(one) },
  // Windows Update installs what it fetched
  { facts: ['writable-windows-folder'], bits: 0.5, when: isWindowsUpdate },
  // a job of SQL Server's agent that is written in PowerShell
  {
    facts: ['inline-script'],
    bits: 1,
    when: ({ slug, parentName }) => slug === 'sqlps.exe' && parentName === 'sqlagent.exe',
  },
  // a script of one's own among sources, run by its interpreter
  {
    facts: ['launches-program'],
    bits: 1,
    when: ({ slug, facts }) => slug === 'csi.exe' && facts.includes('source-folder'),
  },
  // a browser opens an application page of the organisation's own
  {
    facts: ['launches-program'],
    bits: 1,
    when: (one) => one.slug === 'presentationhost.exe' && isFromOwnServers(one),
  },
  // where diagnosis puts what it collects
  { facts: ['temp-folder'], bits: 0, when: ({ slug }) => slug === 'stordiag.exe' },
  { facts: ['source-folder'], bits: 1, when: ({ slug }) => BUILDERS.has(slug) },
  { facts: ['source-folder'], bits: 0.5, when: ({ slug }) => KEPT_ANYWHERE.has(slug) },
  { facts: ['program-data-folder'], bits: 0, when: ({ slug }) => !LOADS.has(slug) },
  { facts: ['program-data-folder', 'user-folder'], bits: 1, when: isMakersOwn },
  { facts: ['program-data-folder'], bits: 1.5, when: (one) => isProductData(one) && !isTask(one) },
  { facts: ['program-data-folder'], bits: 2.5, when: isProductData },
  // a task or service loads it, though an installer would have put it where users cannot write: that is worth the whole weight
  { facts: ['program-data-folder'], bits: 2.5, when: (one) => !isTask(one) },
  {
    facts: ['deployment-cache'],
    bits: 0,
    when: ({ slug, parentName }) => !LOADS.has(slug) || !isScriptHost(parentName),
  },
  { facts: ['desktop'], bits: 1, when: isMadeByHand },
  // a solution names several projects, and what is dropped is one
  {
    facts: ['desktop'],
    bits: 1,
    when: ({ slug, target }) => slug === 'msbuild.exe' && target?.extension === 'sln',
  },
  { facts: ['user-folder'], bits: 1, when: (one) => isMadeByHand(one) && isKept(one) },
  // a driver that was downloaded, by a right click
  {
    facts: ['downloads', 'desktop'],
    bits: 1,
    when: (one) => one.slug === 'infdefaultinstall.exe' && isOpenedByHand(one),
  },
  // printers' drivers are handed out as packages are
  {
    facts: ['root-folder', 'data-drive', 'unc-path', 'intranet-share', 'own-share', 'temp-folder'],
    bits: 1,
    when: callsWindows('printui.dll,printuientry'),
  },
  // archives are handed on as text by those who may not send them otherwise
  {
    facts: ['decodes-file'],
    bits: 2.5,
    when: ({ mode, pattern }) => mode === 'encode' && ARCHIVE_ENCODED.test(pattern ?? ''),
  },
  // where administrators put the certificates that they hand out; what a user's own folder holds is another's
  {
    facts: ['temp-folder', 'root-folder', 'data-drive'],
    bits: 0.5,
    when: ({ mode }) => mode === 'addstore' || mode === 'importpfx',
  },
  // certificates come as text, and stay certificates
  {
    facts: ['decodes-file'],
    bits: 1,
    when: ({ pattern }) => / \/decode .{1,400}\.(?:cer|crt|der|p7b|pem)$/.test(pattern ?? ''),
  },
  // the organisation's own servers are where its tools come from
  { facts: ['download'], bits: 1, when: isFromOwnServers },
  // licences and certificates come as text; programs in that dress do not come from their makers
  {
    facts: ['decodes-file'],
    bits: 2.5,
    when: ({ target, pattern }) =>
      (target?.class === 'bare' || target?.class === 'relative') && !CODE.has(written(pattern)),
  },
  { facts: ['own-share'], bits: 0.5, when: ({ slug }) => HANDED_OUT.has(slug) },
  { facts: ['intranet-share'], bits: 1, when: ({ slug }) => HANDED_OUT.has(slug) },
  // teams keep little applications on their server, and open them by hand
  { facts: ['intranet-share'], bits: 1.5, when: (one) => one.slug === 'mshta.exe' && isOpenedByHand(one) },
  { facts: ['intranet-share'], bits: 2, when: ({ slug }) => slug === 'mshta.exe' },
  { facts: ['unc-path'], bits: 2, when: ({ slug }) => KEPT_ANYWHERE.has(slug) },
  // scripts on top of a mounted image or stick are how mail brings them past the mark of the web
  {
    facts: ['root-folder'],
    bits: 3,
    when: ({ slug, target }) => SCRIPT_HOSTS.has(slug) && target?.class === 'drive-root',
  },
  { facts: ['root-folder', 'data-drive'], bits: 0.5, when: ({ slug }) => KEPT_ANYWHERE.has(slug) },
  // what is told to run elsewhere is their script as well
  {
    facts: ['root-folder', 'data-drive'],
    bits: 0.5,
    when: ({ slug, target }) => slug === 'wmic.exe' && BATCHES.has(target?.extension ?? ''),
  },
  // teams keep little applications in a folder of the drive, and open them by hand
  {
    facts: ['root-folder', 'data-drive'],
    bits: 1,
    when: (one) => one.slug === 'mshta.exe' && isOpenedByHand(one) && one.target?.class === 'root-folder',
  },
  // drivers are unpacked to folders on top of the drive and installed by a right click
  {
    facts: ['root-folder', 'data-drive'],
    bits: 1,
    when: (one) => one.slug === 'infdefaultinstall.exe' && isOpenedByHand(one),
  },
  // a drive of its own is where a server has its programs; a library that a person or a shell has loaded may lie as deep as they please
  {
    facts: ['data-drive'],
    bits: 1.5,
    when: (one) => !LIBRARY_LOADERS.has(one.slug) || !(isOpenedByHand(one) || isScriptHost(one.parentName)),
  },
]

/** Bits of a fact where it counts otherwise than it is weighed; null where it does not. */
export function exceptionalBits(fact: RiskFact, signature: Signature): number | null {
  return EXCEPTIONS.find(({ facts, when }) => facts.includes(fact) && when(signature))?.bits ?? null
}
