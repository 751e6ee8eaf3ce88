import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isTask } from './by-hand'
import type { Exception } from './exception'
import { EVERYDAY_LOADERS, LOADERS } from './loaders'
import { isMakersOwn, isProductData } from './makers'
import { CODE } from './opens-document'
import { onlyRegisters } from './set-up'
import { isFromOwnServers } from './well-known-use'

/** Another host is told to catch up with what the domain has already decided for it. */
const CATCHES_UP =
  /^wmic (?:\/\S{1,256} ){0,8}process call create (?:cmd(?:\.exe)? \/c )?(?:gpupdate|w32tm|usoclient)(?:\.exe)?(?: |$)/

/** One host and no list of them, by an errand that does nothing else. */
function hasHostCatchUp({ slug, facts, pattern }: Signature): boolean {
  return (
    slug === 'wmic.exe' &&
    facts.includes('opens-file') &&
    !facts.includes('many-hosts') &&
    CATCHES_UP.test(pattern ?? '')
  )
}

/** A script that bears DiskShadow's own extension, in a folder of the drive, as the only one that is named. */
const SNAPSHOT_SCRIPT =
  /^diskshadow \/s <root-folder>\\(?:[^\\"\s<]{1,100}\\){1,8}[^\\"\s<]{1,100}\.dsh(?: \/l |$)/

/** A certificate with its key, as the file that is encoded: services of the web and build servers take it as text. */
const KEY_ENCODED = /^certutil(?: \/(?:f|encode)){1,2} [^\s"]{1,300}\.(?:pfx|p12) /

const DATA = '(?:txt|cer|crt|crl|ini|ver)'
/** One address and one file, both data by their name. */
const DATA_FETCHED = new RegExp(String.raw` https?:\/\/[^\s"]{1,256}\.${DATA} [^\s":]{1,400}\.${DATA}$`)

/** A list, a version, a certificate from the organisation's own server: where from is told already. */
function fetchesOwnData(signature: Signature): boolean {
  const { pattern } = signature
  return isFromOwnServers(signature) && pattern?.split('://').length === 2 && DATA_FETCHED.test(pattern)
}

/** A connection that is handed out, and no way past the question for an administrator's rights. */
function isHandedOut(signature: Signature): boolean {
  const { slug, pattern } = signature
  return (
    slug === 'cmstp.exe' &&
    isProductData(signature) &&
    !isTask(signature) &&
    / \/s(?: |$)/.test(pattern ?? '') &&
    !/ \/au(?: |$)/.test(pattern ?? '')
  )
}

/** Windows itself starts the loader, for a task, a service or COM: products have what lies in a profile loaded by programs of their own. */
function isLoadedByWindows(signature: Signature): boolean {
  return (
    EVERYDAY_LOADERS.has(signature.slug) &&
    (signature.parentName === 'svchost.exe' || isTask(signature)) &&
    !isMakersOwn(signature)
  )
}

/** They run what they are given, whatever it is called. */
const RUNS_ANYTHING = new Set([
  ...LOADERS,
  ...['diskshadow.exe', 'ftp.exe', 'infdefaultinstall.exe', 'mofcomp.exe', 'msbuild.exe', 'mshta.exe'],
  ...['wscript.exe', 'cscript.exe'],
])

/** What lies among logs and is a log is only read. */
function isRun({ slug, target }: Signature): boolean {
  return RUNS_ANYTHING.has(slug) || CODE.has(target?.extension ?? '')
}

/** Properties by which a package is told to take code from elsewhere. */
const TAKES_CODE = / (?:transforms\w{0,8}|patch|msipatch\w{0,16}|sourcelist|sourcedir)=/

/** An agent's package is told where its server is: of a package that is there already nothing comes from a page. */
function isToldItsServer({ slug, target, pattern }: Signature): boolean {
  const text = pattern ?? ''
  const told = text.match(/ [a-z_][a-z0-9_.]{0,63}="?https?:\/\//g)?.length ?? 0
  return (
    slug === 'msiexec.exe' &&
    target?.extension === 'msi' &&
    target.class !== 'url' &&
    target.class !== 'webdav' &&
    told === text.split('://').length - 1 &&
    !TAKES_CODE.test(text)
  )
}

/** Those who have no name server, or do not trust it, install packages from a share of their own network by its number. */
function isSharedPackage({ slug, target, facts }: Signature): boolean {
  return slug === 'msiexec.exe' && target?.extension === 'msi' && facts.includes('unc-path')
}

/** Up and down again, to a folder that a tree of sources or a product has; what is dropped lies right above, or in a folder where anybody writes. */
const ACROSS =
  /<relative>\\(?:\.\.\\){1,6}(?!(?:temp|tmp|appdata|public|downloads|desktop|programdata|users|roaming|local)\\)(?:[^\\"<. ]{1,64}\\){1,6}[^\\"<]{1,100}\.(?:dll|ocx|exe)$/

/** A batch file registers a library of the tree that it lies in itself. */
function isOfTree(signature: Signature): boolean {
  return onlyRegisters(signature) && ACROSS.test(signature.pattern ?? '')
}

/** Where administrators' everyday work explains a fact, and where a fact counts in full for Windows' own launchers alone. */
export const ADMINISTRATION: readonly Exception[] = [
  { facts: ['remote-url'], bits: 1, when: isToldItsServer },
  { facts: ['private-address'], bits: 1, when: isSharedPackage },
  { facts: ['climbs-folders'], bits: 0, when: isOfTree },
  { facts: ['remote-host'], bits: 0.5, when: hasHostCatchUp },
  {
    facts: ['opens-file'],
    bits: 0,
    when: ({ slug, pattern }) => slug === 'diskshadow.exe' && SNAPSHOT_SCRIPT.test(pattern ?? ''),
  },
  {
    facts: ['decodes-file'],
    bits: 1.5,
    when: ({ mode, pattern }) => mode === 'encode' && KEY_ENCODED.test(pattern ?? ''),
  },
  { facts: ['download'], bits: 0, when: fetchesOwnData },
  { facts: ['program-data-folder'], bits: 1, when: isHandedOut },
  { facts: ['user-product-folder'], bits: 1, when: (one) => !isLoadedByWindows(one) },
  { facts: ['log-folder'], bits: 0, when: (one) => !isRun(one) },
]
