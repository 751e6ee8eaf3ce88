import type { PathClass } from './path-class'

/** Folders that only administrators and installers can write to. */
const INSTALLED: ReadonlySet<PathClass> = new Set([
  'system',
  'windows',
  'program-files',
  'unix-system',
  'unix-application',
])

/** Folders that an ordinary user, or whoever reaches the host, can put files into. */
const USER_WRITABLE: ReadonlySet<PathClass> = new Set([
  'windows-writable',
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
  'unix-temp',
  'unix-home',
])

/** Whether what lies there was put there by an installer or an administrator. */
export function isInstalled(location: PathClass): boolean {
  return INSTALLED.has(location)
}

/** Whether an ordinary user can put files there. */
export function isUserWritable(location: PathClass): boolean {
  return USER_WRITABLE.has(location)
}
