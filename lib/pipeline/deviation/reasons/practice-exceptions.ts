import type { Signature } from '@/lib/pipeline/baseline/signature'
import { namesOwnServersOnly } from '@/lib/pipeline/catalogue/tools/own-servers'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { isKept, isOpenedByHand, isTask } from './by-hand'
import type { Exception } from './exception'
import { ASSEMBLY_LOADERS, SCRIPT_OPENERS } from './loaders'
import { isOnlyMessage } from './message-box'
import { isOwnTaskScript } from './own-script'
import { isScriptHost } from './script-parent'
import { isRegistered, isSetUp, isUnpacked, onlyRegisters } from './set-up'
import {
  callsWindows,
  isAskedByAgent,
  isAssistant,
  isForPackage,
  isFromMaker,
  isProvisioningTask,
  isVendorService,
  registersProvider,
} from './well-known-use'

const PACKAGES = new Set(['msi', 'msp'])
const SHELLS_ALIKE = new Set(['bat', 'cmd'])

const QUIET = / \/(?:qn?|quiet)(?= |$)/

/** Nobody who installs from the web by hand or by a schedule asks not to be shown it. */
function isUnseen(signature: Signature): boolean {
  return (isOpenedByHand(signature) || isTask(signature)) && QUIET.test(signature.pattern ?? '')
}

/** A package by its proper name, over TLS, from a named server and no port of its own: as vendors' guides have their agents installed. */
function isNamedPackage(signature: Signature): boolean {
  const { slug, target, facts, pattern } = signature
  return (
    slug === 'msiexec.exe' &&
    !isUnseen(signature) &&
    target?.class === 'url' &&
    PACKAGES.has(target.extension ?? '') &&
    !facts.includes('address-host') &&
    /\bhttps:\/\/[^/:\s"]{1,256}\//.test(pattern ?? '')
  )
}

function isToldToScript({ slug, mode, target }: Signature): boolean {
  const isScript = slug === 'cscript.exe' || slug === 'wscript.exe'
  return isScript && mode !== 'none' && target?.class !== 'url' && target?.class !== 'webdav'
}

const installsDriver = callsWindows('setupapi.dll,installhinfsection')

function isDoneToFiles({ slug, mode, pattern }: Signature): boolean {
  return slug === 'forfiles.exe' && mode === 'launch' && /@(?:file|path|fname|relpath)\b/.test(pattern ?? '')
}

/** Lists of revoked certificates by their proper name: nothing else is fetched. */
const REVOCATIONS = / https?:\/\/([^/\s]{1,256})\/\S{0,64}\.crl(?: \S.{0,256}\.crl)?$/
/** Authorities that publish theirs for everybody, by the domains of their distribution points. */
const AUTHORITIES =
  /(?:^|\.)(?:(?:digicert|globalsign|sectigo|usertrust|comodoca|godaddy|starfieldtech|verisign|symcb|thawte|geotrust|rapidssl|identrust|quovadisglobal|swisssign|microsoft|windowsupdate|apple|ssl|trustwave|amazontrust)\.com|(?:entrust|globalsign|buypass|d-trust|telesec)\.(?:net|com|no|de)|(?:lencr|letsencrypt)\.org|pki\.goog|certum\.pl|actalis\.it|harica\.gr)$/
/** What is kept as a file of the caller's choice; without it only Windows' own cache holds it. */
const KEPT = / \/split | \S{1,256}:\/\/\S{1,400} \S/

/** Such a list, from its authority or a server of one's own, or into the cache: that is tried whenever a certificate is not trusted. */
function fetchesRevocations({ slug, facts, pattern }: Signature): boolean {
  const server = REVOCATIONS.exec(pattern ?? '')?.[1]
  if (slug !== 'certutil.exe' || server === undefined || facts.includes('address-host')) return false
  return !facts.includes('remote-url') || AUTHORITIES.test(server) || !KEPT.test(pattern ?? '')
}

/** Activates a class within rundll32 itself: no part of Windows or of a product does, which have COM start their servers. */
const ACTIVATES = /^rundll32 \/sta /

/** Where what runs by itself is set up. */
const SET_UP_FOLDERS: ReadonlySet<string> = new Set(['program-files', 'program-data', 'root-folder'])
const TRANSFER_SCRIPTS = new Set(['txt', 'ftp', 'scr'])

/** A transfer that runs by itself, its server and its files named in a script, from a folder of whoever runs the host. */
function isTransfer({ slug, target }: Signature): boolean {
  return slug === 'ftp.exe' && target?.class === 'root-folder' && TRANSFER_SCRIPTS.has(target.extension ?? '')
}

/** The development environment starts them for what it runs, and has them read or run what it wrote. */
const DEVELOPMENT = new Set(['vsiisexelauncher.exe', 'microsoft.nodejstools.pressanykey.exe'])

const COMPILERS = new Set(['csc.exe', 'vbc.exe', 'jsc.exe', 'ilasm.exe', 'aspnet_compiler.exe'])
const DEBUGGERS = new Set(['windbg.exe', 'cdb.exe', 'ntsd.exe'])

function opensDump({ slug, pattern }: Signature): boolean {
  return DEBUGGERS.has(slug) && / \/z .{1,256}\.h?dmp$/.test(pattern ?? '')
}

function opensContact(signature: Signature): boolean {
  return (
    signature.slug === 'wab.exe' &&
    isOpenedByHand(signature) &&
    /\.(?:vcf|contact)$/.test(signature.pattern ?? '')
  )
}

const CLOUD_FOLDER = /,davsetcookie https:\/\/[a-z0-9<>-]{1,80}\.sharepoint\.com\//

/** A library of Microsoft's cloud, which Explorer and the web client's service show as a share. */
function opensCloudFolder({ parentName, pattern }: Signature): boolean {
  return (parentName === 'explorer.exe' || parentName === 'svchost.exe') && CLOUD_FOLDER.test(pattern ?? '')
}

/** Of a script host: the folder beside the one where the caller stood. */
const BESIDE = /^[cw]script (?:\/\S{1,32} ){0,8}<relative>\\\.\.\\(?!\.\.)[^\\ ]{1,100}\\/

/** A batch file's script lies in the folder beside it. */
function isNeighbour({ parentName, pattern }: Signature): boolean {
  return parentName === 'cmd.exe' && BESIDE.test(pattern ?? '')
}

/** What lies on the host itself is deployed. */
const FROM_HERE = / \/source:[a-z]{1,32}=(?:<(?!unc)|[a-z]:|[^\\:,]{1,256}(?: \/|$))/
/** To a server that is named by its address, within what says where to. */
const DEPLOYED_TO = / \/dest:(?:(?! [-/][a-z]{1,32}:).){1,256}?,computername='?https?:\/\//

/** Nothing comes from the server that a site is deployed to. What is too long to be read whole is not known to be only that. */
function deploysToServer({ slug, pattern, facts }: Signature): boolean {
  const text = pattern ?? ''
  return (
    slug === 'msdeploy.exe' &&
    DEPLOYED_TO.test(text) &&
    FROM_HERE.test(text) &&
    text.split('://').length === 2 &&
    !text.includes('<unc>') &&
    !text.endsWith('<cut>') &&
    !facts.includes('launches-command')
  )
}

/** Three folders and more below the drive, as the only path: products are installed so, what is planted lies on top. */
const DEEP = /^\S{1,64} (?:\/[a-z]{1,16} ){0,8}<root-folder>\\(?:[^\\"<]{1,100}\\){3,12}[^\\"<]{1,200}$/

function isDeep(signature: Signature): boolean {
  return onlyRegisters(signature) && DEEP.test(signature.pattern ?? '')
}

/** Among what programs keep for their user, where nobody looks and nobody installs by hand. */
function isHidden({ target }: Signature): boolean {
  return target?.class === 'roaming' || target?.class === 'local'
}

/** Where everyday practice explains a fact: what install guides, batch files and people's own tools do. */
export const PRACTICE: readonly Exception[] = [
  // a page of the developer's own machine
  {
    facts: ['remote-url'],
    bits: 0.5,
    when: ({ slug, pattern }) =>
      slug === 'vslaunchbrowser.exe' &&
      /^vslaunchbrowser (?!\.)\S{1,32} https?:\/\/localhost(?:[:/]\S{0,256})?$/.test(pattern ?? ''),
  },
  // the driver that a maker's set-up program brought
  { facts: ['launches-program'], bits: 1.5, when: (one) => installsDriver(one) && isSetUp(one) },
  { facts: ['climbs-folders'], bits: 0.5, when: isNeighbour },
  // partners without a name are sent to by what somebody has set up
  {
    facts: ['address-host'],
    bits: 1,
    when: ({ slug, target }) => slug === 'ftp.exe' && SET_UP_FOLDERS.has(target?.class ?? ''),
  },
  // what ends processes here ends what hangs
  { facts: ['stops-many'], bits: 0.5, when: ({ facts }) => !facts.includes('remote-host') },
  // agents' own scripts, wherever their product keeps them
  {
    facts: ['encoded-script'],
    bits: 2,
    when: isVendorService,
  },
  {
    facts: ['program-data-folder'],
    bits: 0,
    when: ({ slug, pattern }) =>
      slug === 'mofcomp.exe' &&
      pattern?.startsWith('mofcomp <program-data>\\microsoft\\windows defender\\') === true,
  },
  { facts: ['remote-url'], bits: 1, when: deploysToServer },
  { facts: ['asks-for-defence'], bits: 1, when: isAskedByAgent },
  // what is drawn on every desktop, by the domain's own share
  {
    facts: ['opens-file'],
    bits: 0.5,
    when: ({ slug, facts }) => slug === 'bginfo.exe' && facts.includes('domain-share'),
  },
  // what a script is told is not what is run
  { facts: ['remote-url'], bits: 2, when: isToldToScript },
  // products encode what they would rather not show
  { facts: ['encoded-script'], bits: 1, when: ({ target }) => isInstalled(target?.class ?? 'bare') },
  { facts: ['remote-url', 'download'], bits: 2, when: isFromMaker },
  { facts: ['remote-url'], bits: 3, when: isNamedPackage },
  { facts: ['remote-url', 'download'], bits: 0.5, when: fetchesRevocations },
  { facts: ['com-class'], bits: 2.5, when: ({ pattern }) => !ACTIVATES.test(pattern ?? '') },
  { facts: ['inline-script'], bits: 1, when: isOnlyMessage },
  // batch files show their windows that way
  { facts: ['source-folder'], bits: 1, when: ({ slug }) => SCRIPT_OPENERS.has(slug) },
  { facts: ['user-folder'], bits: 1.5, when: isOwnTaskScript },
  // a batch file that is a script for the host as well, run by the shell that reads it
  {
    facts: ['odd-extension'],
    bits: 1,
    when: ({ slug, mode, parentName, target }) =>
      SCRIPT_OPENERS.has(slug) &&
      mode === 'engine' &&
      parentName === 'cmd.exe' &&
      SHELLS_ALIKE.has(target?.extension ?? ''),
  },
  // an administrator installs a service, or a product of their own for COM, from its folder on the drive; what only wants code to run needs neither
  {
    facts: ['root-folder'],
    bits: 1,
    when: (one) => one.target?.class === 'root-folder' && isRegistered(one),
  },
  // servers keep services of their own on a drive of their own
  { facts: ['data-drive'], bits: 1, when: ({ slug }) => ASSEMBLY_LOADERS.has(slug) },
  { facts: ['root-folder', 'data-drive'], bits: 2, when: isDeep },
  // what a developer registers for an application comes with its packages
  { facts: ['source-folder'], bits: 2, when: (one) => one.slug === 'regsvr32.exe' && isDeep(one) },
  // manuals among one's documents
  {
    facts: ['user-folder'],
    bits: 1,
    when: (one) => one.slug === 'hh.exe' && isOpenedByHand(one) && isKept(one),
  },
  // where Windows keeps a user's own connections
  {
    facts: ['user-folder'],
    bits: 0.5,
    when: ({ slug, pattern }) =>
      (slug === 'cmstp.exe' || slug === 'rasautou.exe') &&
      pattern?.includes('\\microsoft\\network\\connections\\') === true,
  },
  // who tries whether a compiler is there gets its help
  {
    facts: ['no-arguments'],
    bits: 0.5,
    when: ({ slug, parentName }) => COMPILERS.has(slug) && isScriptHost(parentName),
  },
  // what the development environment tells it in a file of its own
  {
    facts: ['user-temp'],
    bits: 0.5,
    when: ({ slug, features }) =>
      DEVELOPMENT.has(slug) && features.parent?.endsWith(' @ program-files') === true,
  },
  // the web client asks the organisation's own server for its share
  { facts: ['webdav-visit'], bits: 0.5, when: ({ pattern }) => namesOwnServersOnly(pattern ?? '', []) },
  { facts: ['webdav-visit'], bits: 1, when: opensCloudFolder },
  { facts: ['user-temp', 'temp-folder'], bits: 1, when: isUnpacked },
  { facts: ['launches-command', 'launches-program'], bits: 1, when: isAssistant },
  {
    facts: [
      ...(['user-temp', 'temp-folder', 'downloads', 'root-folder', 'data-drive'] as const),
      ...(['desktop', 'user-folder', 'user-product-folder', 'build-folder'] as const),
    ],
    bits: 0.5,
    when: (one) => isAssistant(one) && !isHidden(one),
  },
  { facts: ['user-folder'], bits: 1.5, when: (one) => isAssistant(one) && isHidden(one) },
  {
    facts: ['launches-program'],
    bits: 0.5,
    when: (one) => isProvisioningTask(one) || registersProvider(one),
  },
  // what a package says registers itself, from where it was installed
  {
    facts: ['launches-command'],
    bits: 0.5,
    when: (one) => one.slug === 'msiexec.exe' && one.target?.class === 'program-files' && isForPackage(one),
  },
  // old products are installed to a folder of the drive, as data drives hold them
  { facts: ['root-folder'], bits: 1.5, when: (one) => one.slug === 'regsvr32.exe' && isForPackage(one) },
  // tests that were built are run from wherever they are kept
  { facts: ['root-folder', 'data-drive'], bits: 1, when: ({ slug }) => slug === 'vstest.console.exe' },
  // a file of nothing, written to fill a disk or to measure it
  { facts: ['root-folder', 'data-drive', 'temp-folder'], bits: 0, when: ({ slug }) => slug === 'fsutil.exe' },
  // the dump of a process that ended, looked at where dumps are kept
  { facts: ['root-folder', 'data-drive'], bits: 0.5, when: opensDump },
  // an address that somebody sent, or that a team keeps on its drive
  { facts: ['downloads', 'desktop', 'root-folder', 'data-drive'], bits: 0.5, when: opensContact },
  // what is drawn on the desktop of every server, by a file of whoever runs them
  { facts: ['root-folder', 'data-drive'], bits: 0.5, when: ({ slug }) => slug === 'bginfo.exe' },
  { facts: ['launches-command'], bits: 1, when: isTransfer },
  // what is done to each of the files that were found is what the tool is for
  { facts: ['launches-program', 'launches-command'], bits: 1, when: isDoneToFiles },
  // a driver that somebody unpacked, installed the way its own set-up file says
  { facts: ['launches-program'], bits: 2.5, when: installsDriver },
  { facts: ['root-folder', 'data-drive'], bits: 0.5, when: installsDriver },
]
