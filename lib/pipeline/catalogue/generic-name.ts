import type { CatalogueEntry } from './entry'
import { imageFolderExpected } from './image-folder'

/** Where Microsoft's developer tools are installed; enough for tools published without any path. */
const DEVELOPER_FOLDERS = [
  '\\windows kits\\',
  '\\microsoft visual studio',
  '\\microsoft sdks\\',
  '\\msbuild\\',
]

/**
 * Everyday words that many unrelated programs are called. By image name alone they would turn some vendor's
 * updater into a proxy binary.
 */
const EVERYDAY_NAMES: ReadonlySet<string> = new Set([
  'applauncher.exe',
  'at.exe',
  'change.exe',
  'code.exe',
  'expand.exe',
  'installer.exe',
  'launcher.exe',
  'logger.exe',
  'print.exe',
  'query.exe',
  'remote.exe',
  'replace.exe',
  'reset.exe',
  'setup.exe',
  'te.exe',
  'tracker.exe',
  'update.exe',
  'write.exe',
])

/**
 * Whether an image name is enough to recognise the entry. An everyday name counts only in a folder the entry is
 * published in, or for an entry without published folders among developer tools. What that misses is a copy
 * of such a tool carried elsewhere and seen by a source that reports no original file name.
 */
export function nameIdentifies(entry: CatalogueEntry, imagePath: string): boolean {
  if (!EVERYDAY_NAMES.has(entry.slug)) return true
  if (entry.paths.length > 0) return imageFolderExpected(entry, imagePath) === true
  const path = imagePath.toLowerCase()
  return DEVELOPER_FOLDERS.some((folder) => path.includes(folder))
}
