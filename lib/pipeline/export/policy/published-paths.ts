import { fileNameOf } from '@/lib/pipeline/catalogue/image-folder'
import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import { imageNames } from '../placed-block'

const PLACEHOLDER = /<[^<>]*>/g
/** In no path of Windows. */
const IMPOSSIBLE = /[\p{Cc}"|?]/u

/** Where the catalogue says that the binary is, with `*` for what differs between machines; each once, sorted. */
export function publishedPaths(entry: BlockedEntry): readonly string[] {
  const names = imageNames(entry)
  const paths = entry.paths
    .filter((path) => names.includes(fileNameOf(path)) && !IMPOSSIBLE.test(path))
    .map((path) => path.replace(PLACEHOLDER, '*').replace(/^[a-z]:/, (drive) => drive.toUpperCase()))
  const unique = new Map(paths.map((path) => [path.toLowerCase(), path]))
  return [...unique.keys()].sort().map((key) => unique.get(key) ?? key)
}
