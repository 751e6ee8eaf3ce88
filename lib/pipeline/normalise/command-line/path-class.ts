import { remembered } from '@/lib/pipeline/remembered'
import { cleanPath } from './clean-path'
import { isUrl, urlFileName } from './url'

export const PATH_CLASSES = [
  'system',
  'windows',
  'windows-writable',
  'program-files',
  'program-data',
  'program-data-root',
  'user-temp',
  'temp',
  'downloads',
  'desktop',
  'documents',
  'roaming',
  'local',
  'startup',
  'user-profile',
  'public',
  'root-folder',
  'drive-root',
  'unc',
  'webdav',
  'url',
  'alternate-data-stream',
  'recycle-bin',
  'shadow-copy',
  'device',
  'shell-object',
  'relative',
  'bare',
  'unix-system',
  'unix-application',
  'unix-temp',
  'unix-home',
  'unix-other',
] as const
/** Where a path leads, as far as it says who can write there. */
export type PathClass = (typeof PATH_CLASSES)[number]

/** A path's class and what remains of it below that class's folder. */
export type Location = { class: PathClass; rest: readonly string[] }

/** Folders below Windows that ordinary users can write to, from published AppLocker default-rule bypass lists. */
const WRITABLE_WINDOWS: readonly (readonly string[])[] = [
  'tasks',
  'tracing',
  'debug\\wia',
  'pla\\reports',
  'pla\\rules',
  'pla\\templates',
  'registration\\crmlog',
  'servicing\\packages',
  'servicing\\sessions',
  'softwaredistribution\\download',
  ...['system32', 'syswow64', 'sysnative'].flatMap((system) =>
    [
      'com\\dmp',
      'fxstmp',
      'logfiles\\wmi',
      'microsoft\\crypto\\rsa\\machinekeys',
      'spool\\drivers\\color',
      'spool\\printers',
      'spool\\servers',
      'tasks',
    ].map((folder) => `${system}\\${folder}`),
  ),
].map((folder) => folder.split('\\'))
const SYSTEM_FOLDERS: ReadonlySet<string> = new Set(['system32', 'syswow64', 'sysnative'])
const STARTUP = ['microsoft', 'windows', 'start menu', 'programs', 'startup']
const PROFILE_FOLDERS: readonly (readonly [readonly string[], PathClass])[] = [
  [['appdata', 'local', 'temp'], 'user-temp'],
  [['appdata', 'local', 'microsoft', 'windows', 'inetcache'], 'downloads'],
  [['appdata', 'local', 'microsoft', 'windows', 'temporary internet files'], 'downloads'],
  [['appdata', 'local', 'packages', 'microsoft.windows.photos_8wekyb3d8bbwe', 'tempstate'], 'user-temp'],
  [
    ['appdata', 'local', 'packages', 'microsoft.microsoftedge_8wekyb3d8bbwe', 'tempstate', 'downloads'],
    'downloads',
  ],
  [['appdata', 'roaming', ...STARTUP], 'startup'],
  [['appdata', 'roaming'], 'roaming'],
  [['appdata', 'local'], 'local'],
  [['appdata', 'locallow'], 'local'],
  [['downloads'], 'downloads'],
  [['desktop'], 'desktop'],
  [['documents'], 'documents'],
]

function at(location: PathClass, segments: readonly string[], skip: number): Location {
  return { class: location, rest: segments.slice(skip) }
}

/** Where the segments go on after `folder`, which starts at `from`; -1 where they lead elsewhere. */
function endOfFolder(segments: readonly string[], folder: readonly string[], from: number): number {
  return folder.every((name, index) => segments[from + index] === name) ? from + folder.length : -1
}

function locateProfile(segments: readonly string[], from: number): Location {
  for (const [folder, location] of PROFILE_FOLDERS) {
    const end = endOfFolder(segments, folder, from)
    if (end > 0) return at(location, segments, end)
  }
  return at('user-profile', segments, from)
}

function locateWindows(segments: readonly string[]): Location {
  const [, second = '', third] = segments
  if (second === 'temp' || second === 'systemtemp') return at('temp', segments, 2)
  if (second === 'serviceprofiles' && segments.length > 3) return locateProfile(segments, 3)
  if (SYSTEM_FOLDERS.has(second) && third === 'config' && segments[3] === 'systemprofile')
    return locateProfile(segments, 4)
  if (WRITABLE_WINDOWS.some((folder) => endOfFolder(segments, folder, 1) > 0))
    return at('windows-writable', segments, 1)
  return SYSTEM_FOLDERS.has(second) ? at('system', segments, 2) : at('windows', segments, 1)
}

function locateProgramData(segments: readonly string[]): Location {
  const startup = endOfFolder(segments, STARTUP, 1)
  if (startup > 0) return at('startup', segments, startup)
  return at(segments.length <= 2 ? 'program-data-root' : 'program-data', segments, 1)
}

/** Folders of the system drive with a meaning of their own; null for any other. */
function locateSystemDrive(segments: readonly string[]): Location | null {
  switch (segments[0]) {
    case 'windows':
      return locateWindows(segments)
    case 'program files':
    case 'program files (x86)':
      return at('program-files', segments, 1)
    case 'programdata':
      return locateProgramData(segments)
    case 'users':
      if (segments[1] === 'public') return at('public', segments, 2)
      return segments.length > 1 ? locateProfile(segments, 2) : at('root-folder', segments, 0)
    case 'temp':
    case 'tmp':
      return at('temp', segments, 1)
    default:
      return null
  }
}

function locateDrive(drive: string, segments: readonly string[]): Location {
  const first = segments[0] ?? ''
  if (first === '$recycle.bin' || first === 'recycler') return at('recycle-bin', segments, 1)
  const known = drive === 'c' ? locateSystemDrive(segments) : null
  if (known !== null) return known
  return at(segments.length <= 1 ? 'drive-root' : 'root-folder', segments, 0)
}

function locateNetwork(segments: readonly string[]): Location {
  const [server = '', share = ''] = segments
  return at(server.includes('@') || share === 'davwwwroot' ? 'webdav' : 'unc', segments, 0)
}

const UNIX_FOLDERS: readonly (readonly [string, PathClass])[] = [
  ['/private/tmp/', 'unix-temp'],
  ['/private/var/folders/', 'unix-temp'],
  ['/private/var/tmp/', 'unix-temp'],
  ['/var/folders/', 'unix-temp'],
  ['/var/tmp/', 'unix-temp'],
  ['/tmp/', 'unix-temp'],
  ['/dev/shm/', 'unix-temp'],
  ['/users/shared/', 'unix-temp'],
  ['/usr/local/', 'unix-application'],
  ['/opt/', 'unix-application'],
  ['/applications/', 'unix-application'],
  ['/library/', 'unix-application'],
  ['/usr/', 'unix-system'],
  ['/bin/', 'unix-system'],
  ['/sbin/', 'unix-system'],
  ['/lib/', 'unix-system'],
  ['/system/', 'unix-system'],
]

function locateUnix(path: string): Location {
  const found = UNIX_FOLDERS.find(([folder]) => path.startsWith(folder))
  if (found !== undefined) return { class: found[1], rest: path.slice(found[0].length).split('/') }
  const segments = path.split('/').slice(1)
  if (segments[0] === 'root') return at('unix-home', segments, 1)
  if (segments[0] === 'home' || segments[0] === 'users') return at('unix-home', segments, 2)
  return at('unix-other', segments, 0)
}

/** Objects of the shell by their class or name, and pages of Windows' own programs by their address, which nobody else answers for. */
const SHELL_OBJECT =
  /^(?:::\{|shell:|ms-(?:settings(?:-[a-z]{1,32})?|windows-store|availablenetworks|actioncenter|contact-support|photos|screenclip|clock|calculator|people|drive-to):)/

/** Whom to write to or to call: what is no address, or goes on in quotes or through folders, is a file's stream. */
const CONTACT =
  /^(?:(mailto|sips?):(?!.*\.\.)[^@\s"<>|\\]{1,64}@[^"<>|\\]{1,512}|(tel|callto):\+?\d[\d\s().-]{0,32})$/

function hasStream(path: string): boolean {
  const colon = path.indexOf(':', 2)
  return colon > 0 && /^[^\\]{1,255}$/.test(path.slice(colon + 1)) && !path.includes('::{')
}

/** Class and remainder of a path that `cleanPath` has been over. */
export function locatePath(path: string): Location {
  if (isUrl(path)) return { class: 'url', rest: [] }
  if (SHELL_OBJECT.test(path)) return { class: 'shell-object', rest: [path] }
  const [, writing, calling] = CONTACT.exec(path) ?? []
  const contact = writing ?? calling
  if (contact !== undefined) return { class: 'shell-object', rest: [`${contact}:*`] }
  if (path.startsWith('/')) return locateUnix(path)
  if (path.startsWith('~/')) return { class: 'unix-home', rest: path.slice(2).split('/') }
  const segments = path.split('\\').filter((segment) => segment !== '')
  if (hasStream(path)) return { class: 'alternate-data-stream', rest: segments }
  if (path.startsWith('\\\\')) return locateNetwork(segments)
  if (/^[a-z]:\\/.test(path)) return locateRooted(path.charAt(0), segments.slice(1))
  return { class: segments.length > 1 || /^[a-z]:/.test(path) ? 'relative' : 'bare', rest: segments }
}

function locateRooted(drive: string, segments: readonly string[]): Location {
  if (segments[0] !== 'device' || segments.length < 2) return locateDrive(drive, segments)
  return at(
    segments[1]?.startsWith('harddiskvolumeshadowcopy') === true ? 'shadow-copy' : 'device',
    segments,
    1,
  )
}

const describePath = remembered((path) => {
  const clean = cleanPath(path)
  return { class: locatePath(clean).class, name: nameOf(clean) }
})

/** The class of any path as printed, dirty or clean. */
export function classifyPath(path: string): PathClass {
  return describePath(path).class
}

function nameOf(clean: string): string {
  if (isUrl(clean)) return urlFileName(clean) ?? ''
  const name = clean.slice(Math.max(clean.lastIndexOf('\\'), clean.lastIndexOf('/')) + 1)
  return /^[a-z]:$/.test(name) ? '' : name
}

function extensionOf(name: string): string | null {
  const dot = name.lastIndexOf('.')
  const found = dot <= 0 ? '' : name.slice(dot + 1)
  return /^[^\s:]{1,16}$/.test(found) ? found : null
}

/** The last part of a path or URL, cleaned (lower case, no quotes); empty where it names a folder or nothing. */
export function fileName(path: string): string {
  return describePath(path).name
}

/** The extension without its dot, lower case; null where there is none. A stream's own name decides, as it does for Windows. */
export function extension(path: string): string | null {
  return extensionOf(fileName(path))
}

/** The file name alone. */
export function nameOfCleanPath(clean: string): string | null {
  return nameOf(clean) || null
}

/** Class, file name and extension of a path that `cleanPath` has been over; null where it has no name or extension. */
export function describeCleanPath(clean: string): {
  class: PathClass
  name: string | null
  extension: string | null
} {
  const name = nameOf(clean)
  return { class: locatePath(clean).class, name: name || null, extension: extensionOf(name) }
}
