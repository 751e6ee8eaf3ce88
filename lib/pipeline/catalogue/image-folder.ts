import { remembered } from '@/lib/pipeline/remembered'
import type { CatalogueEntry } from './entry'

const KERNEL_PREFIX = /^(?:\\\\[?.]\\|\\\?\?\\)/
const VOLUME = /^(?:\\?device\\harddiskvolume\d+(?=\\)|[a-z]:)/
const SYSTEM_ROOT = /^\\systemroot(?=\\)/
// A run of digits is entered at its first digit only, so that long runs stay linear.
const VERSION = /(?<!\d)\d+(?:\.\d+)+(?:-\d+)?/g
const PLACEHOLDER = /<[^<>]*>/g
const YEAR = /^20\d\d$/

/** Folders that hold the same files for another processor or edition; compared as one. */
const SAME_FOLDER: ReadonlyMap<string, string> = new Map([
  ['syswow64', 'system32'],
  ['sysnative', 'system32'],
  ['sysarm32', 'system32'],
  ['program files (x86)', 'program files'],
  ['framework64', 'framework'],
  ['frameworkarm64', 'framework'],
  ['x64', 'x86'],
  ['amd64', 'x86'],
  ['arm', 'x86'],
  ['arm64', 'x86'],
  ['professional', 'community'],
  ['enterprise', 'community'],
  ['buildtools', 'community'],
])

type Folder = readonly string[]

const publishedFolders = new WeakMap<CatalogueEntry, readonly Folder[]>()

/** File name at the end of a Windows or macOS path, lower-case. */
export function fileNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1).toLowerCase()
}

function canonicalSegment(segment: string): string {
  if (YEAR.test(segment)) return '*'
  const masked = segment.replace(VERSION, '*').replace(PLACEHOLDER, '*')
  return SAME_FOLDER.get(masked) ?? masked
}

/** Folder of a path in one spelling: no drive or volume, versions and placeholders as `*`; null for a bare file name. */
const folderOf = remembered((path): Folder | null => {
  const local = path
    .toLowerCase()
    .replaceAll('/', '\\')
    .replace(KERNEL_PREFIX, '')
    .replace(VOLUME, '')
    .replace(SYSTEM_ROOT, '\\windows')
  return local.includes('\\') ? local.split('\\').slice(0, -1).map(canonicalSegment) : null
})

function publishedFoldersOf(entry: CatalogueEntry): readonly Folder[] {
  const known = publishedFolders.get(entry)
  if (known !== undefined) return known
  const folders = entry.paths.map(folderOf).filter((folder) => folder !== null)
  publishedFolders.set(entry, folders)
  return folders
}

/** One star stands for any text: `microsoft.windowsterminal_*` is every version of that package. */
function segmentMatches(expected: string, actual: string): boolean {
  const star = expected.indexOf('*')
  if (star < 0) return expected === actual
  const start = expected.slice(0, star)
  const end = expected.slice(expected.lastIndexOf('*') + 1)
  return actual.length >= start.length + end.length && actual.startsWith(start) && actual.endsWith(end)
}

function sameFolder(expected: Folder, actual: Folder): boolean {
  return (
    expected.length === actual.length &&
    expected.every((segment, index) => segmentMatches(segment, actual[index] ?? ''))
  )
}

/** Windows keeps a copy of its own files below WinSxS, in a folder for each component and version. */
function isComponentStore(folder: Folder): boolean {
  return folder[0] === '' && folder[1] === 'windows' && folder[2] === 'winsxs' && folder.length === 4
}

/**
 * Whether an image lies in a folder its entry is published in. Native and 32-bit folders, processors, versions
 * and editions count as equal; drive letter and volume number are ignored; WinSxS counts for files of Windows.
 * Null where the entry has no published path, or the image's own is not told from its root.
 */
export function imageFolderExpected(entry: CatalogueEntry, imagePath: string): boolean | null {
  const expected = publishedFoldersOf(entry)
  const actual = folderOf(imagePath)
  if (expected.length === 0 || actual === null || actual[0] !== '') return null
  return expected.some(
    (folder) => sameFolder(folder, actual) || (folder[1] === 'windows' && isComponentStore(actual)),
  )
}
