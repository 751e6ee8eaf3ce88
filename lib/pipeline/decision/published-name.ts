import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'

/** Whether it belongs to Windows itself, whose files Microsoft signs. */
function isOfWindows({ paths }: Pick<CatalogueEntry, 'paths'>): boolean {
  return paths.length > 0 && paths.every((path) => /^[a-z]:\\windows\\/i.test(path))
}

/**
 * What a rule by publisher has to go by: the name in a version resource that Microsoft signed, which holds for copies; the file's own name in its
 * place, where the catalogue knows none; or nothing, so that only its path tells it: other publishers, and scripts, which have no such resource.
 */
export function publishedName({
  kind,
  paths,
  originalFileNames,
}: Pick<CatalogueEntry, 'kind' | 'paths' | 'originalFileNames'>): 'known' | 'guessed' | 'none' {
  if (kind === 'script' || !isOfWindows({ paths })) return 'none'
  return originalFileNames.length > 0 ? 'known' : 'guessed'
}
