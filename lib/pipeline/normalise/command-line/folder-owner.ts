import type { PathClass } from './path-class'

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

/** Whether an ordinary user can put files there. */
export function isUserWritable(location: PathClass): boolean {
  return USER_WRITABLE.has(location)
}
