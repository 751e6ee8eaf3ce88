import { locatePath, type PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { isUrl } from '@/lib/pipeline/normalise/command-line/url'
import type { RiskFact } from './tool-use'

/** Where code may be planted or fetched from, by the class of its path. Classes that are not listed show no risk by themselves. */
const FACTS: Partial<Record<PathClass, readonly RiskFact[]>> = {
  url: ['remote-url'],
  unc: ['unc-path'],
  webdav: ['unc-path', 'remote-url'],
  public: ['public-folder'],
  'windows-writable': ['writable-windows-folder'],
  'user-temp': ['user-temp'],
  temp: ['temp-folder'],
  'unix-temp': ['temp-folder'],
  downloads: ['downloads'],
  desktop: ['desktop'],
  documents: ['user-folder'],
  roaming: ['user-folder'],
  local: ['user-folder'],
  'user-profile': ['user-folder'],
  startup: ['startup-folder'],
  'root-folder': ['root-folder'],
  'drive-root': ['root-folder'],
  'program-data-root': ['program-data-root'],
  'program-data': ['program-data-folder'],
  'alternate-data-stream': ['alternate-data-stream'],
  'recycle-bin': ['recycle-bin'],
  'shadow-copy': ['shadow-copy'],
}

/** Facts that hold for any path named, executed or not: the rest only count for what is executed. */
const ANYWHERE: ReadonlySet<RiskFact> = new Set([
  'remote-url',
  'alternate-data-stream',
  'admin-share',
  'address-host',
])

/** Products that install themselves into a user's profile, by the first folder below it. */
const USER_PRODUCTS: ReadonlySet<string> = new Set(
  (
    'microsoft programs google slack zoom discord packages mozilla citrix githubdesktop webex ciscospark dropbox ' +
    'spotify whatsapp postman figma notion atlassian jetbrains box 1password bluejeans gotomeeting squirreltemp'
  ).split(' '),
)
/** Shares that every domain controller offers to its domain's logon scripts and policies. */
const DOMAIN_SHARES: ReadonlySet<string> = new Set(['netlogon', 'sysvol'])
/** What a developer's own build put there. */
const BUILDS: ReadonlySet<string> = new Set(['debug', 'release', 'x64', 'x86'])
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|0x[0-9a-f]{1,8}|\d{8,10}|\[[0-9a-f:.]{2,45}\])(?:@[\w@]{1,16})?$/
const URL_HOST = /^[a-z][a-z0-9+.-]{1,20}:[\\/]{1,3}(?:[^\\/@]{0,256}@)?([^\\/:?#]{1,256})/
const ADMIN_SHARE = /^(?:[a-z]\$|admin\$|ipc\$)$/

function networkFacts(path: string, rest: readonly string[]): RiskFact[] {
  const [server = '', share = ''] = rest
  const host = isUrl(path) ? (URL_HOST.exec(path)?.[1] ?? '') : server
  const facts: RiskFact[] = ADDRESS.test(host) ? ['address-host'] : []
  if (ADMIN_SHARE.test(share)) facts.push('admin-share')
  return facts
}

function isBuild(folders: readonly string[]): boolean {
  return folders.some((name, at) => name === 'bin' && BUILDS.has(folders[at + 1] ?? ''))
}

/** Risk of executing something at this place. Expects a path that `cleanPath` has been over. */
export function executedFrom(path: string): readonly RiskFact[] {
  const { class: location, rest } = locatePath(path)
  const facts = FACTS[location] ?? []
  if (location === 'unc' && DOMAIN_SHARES.has(rest[1] ?? ''))
    return ['domain-share', ...networkFacts(path, rest)]
  if (location === 'unc' || location === 'webdav' || location === 'url')
    return [...facts, ...networkFacts(path, rest)]
  if ((location === 'local' || location === 'roaming') && rest.length > 1 && USER_PRODUCTS.has(rest[0] ?? ''))
    return ['user-product-folder']
  if ((location === 'user-profile' || location === 'root-folder') && isBuild(rest))
    return ['user-product-folder']
  if (location === 'relative' && rest[0] === '..') return ['climbs-folders']
  return facts
}

/** Risk of merely naming something at this place. */
export function namedAt(path: string): readonly RiskFact[] {
  return executedFrom(path).filter((fact) => ANYWHERE.has(fact))
}

/** Where people keep what they open; nothing that merely opens it runs it. */
const KEPT_BY_USERS: ReadonlySet<RiskFact> = new Set([
  'user-folder',
  'user-product-folder',
  'downloads',
  'desktop',
  // a page is for the browser to open
  'remote-url',
])

/** What remains of a place's risk where the file is opened by whatever program it belongs to. */
export function openedFrom(facts: readonly RiskFact[]): readonly RiskFact[] {
  return facts.filter((fact) => !KEPT_BY_USERS.has(fact))
}
