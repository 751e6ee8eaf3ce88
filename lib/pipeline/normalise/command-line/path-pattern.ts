import { isInstalled } from './folder-owner'
import { mask } from './mask'
import { locatePath, type PathClass } from './path-class'
import { looksRandom } from './random-name'
import { urlPattern } from './url'

/** Folders whose content is named by chance or by whoever downloaded it: only the extension is kept. */
const NAMELESS: ReadonlySet<PathClass> = new Set([
  'user-temp',
  'temp',
  'downloads',
  'recycle-bin',
  'unix-temp',
])
/** Folders of a person: what lies deeper is named as that person pleases. */
const OWNED: ReadonlySet<PathClass> = new Set(['user-profile', 'documents', 'desktop'])
const OWN_NAMES_MAX = 2
/** A product's own business begins below the folders of its vendor and itself: plug-ins and versions lie there. */
const PRODUCT_FOLDERS = 2

/** Classes whose remainder reads as a path of its own. */
const UNNAMED: ReadonlySet<PathClass> = new Set(['bare', 'shell-object'])

const SINGLE_WORD = /^[a-z0-9]+$/

function ending(name: string): string {
  const dot = name.lastIndexOf('.')
  const found = dot <= 0 ? '' : name.slice(dot + 1)
  if (!/^[a-z0-9]{1,12}$/.test(found)) return ''
  const masked = mask(found)
  return masked.startsWith('<') || looksRandom(found) ? '.*' : `.${found}`
}

function maskName(name: string): string {
  const dot = name.lastIndexOf('.')
  const stem = dot <= 0 ? name : name.slice(0, dot)
  return SINGLE_WORD.test(stem) && looksRandom(stem) ? `*${ending(name)}` : mask(name)
}

/** Whether patterns name no file there: one pattern stands for whatever arrives. */
export function isNameless(location: PathClass): boolean {
  return NAMELESS.has(location)
}

/** `file:stream`, the file as a pattern of its own. */
function streamPattern(path: string): string {
  const colon = path.indexOf(':', 2)
  return `${pathPattern(path.slice(0, colon))}:${maskName(path.slice(colon + 1))}`
}

function shownNames(location: PathClass, rest: readonly string[]): readonly string[] {
  const last = rest.at(-1) ?? ''
  // each host numbers its folders of the deployment's cache by itself: `1f`, `5t`
  if (location === 'windows' && rest[0] === 'ccmcache' && rest.length > 2)
    return ['ccmcache', '*', ...rest.slice(2)]
  if (OWNED.has(location) && rest.length > OWN_NAMES_MAX + 1)
    return [...rest.slice(0, OWN_NAMES_MAX), `*${ending(last)}`]
  if (location === 'program-data' && rest.length > PRODUCT_FOLDERS + 2)
    return [...rest.slice(0, PRODUCT_FOLDERS), '*', last]
  return rest
}

/**
 * A cleaned path as a stable, readable pattern: `<system>\shell32.dll`, `<program-files>\vendor\tool.dll`, `<user-temp>\*.tmp`. Names of
 * installed products stay; generated names, versions and users' names go.
 */
export function pathPattern(path: string): string {
  const { class: location, rest } = locatePath(path)
  if (location === 'url') return urlPattern(path)
  if (location === 'alternate-data-stream') return streamPattern(path)
  const last = rest.at(-1) ?? ''
  if (NAMELESS.has(location)) return rest.length === 0 ? `<${location}>` : `<${location}>\\*${ending(last)}`
  if (location === 'windows' && rest[0] === 'installer') return `<windows>\\installer\\*${ending(last)}`
  const shown = shownNames(location, rest)
  // names in folders of installers are the product's own
  const names = shown.map(isInstalled(location) ? mask : maskName)
  if (UNNAMED.has(location)) return names.join('\\')
  return [`<${location}>`, ...names].join('\\')
}
