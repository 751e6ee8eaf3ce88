import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import { imageNames } from './placed-block'

/** Catalogue entries that are watched: those of the baseline tier, and optional ones that are turned on. */
export type Watched = { entries: readonly BlockedEntry[] }

/** File names of what runs on a platform, lower-case, each once, sorted. */
export function watchedImages({ entries }: Watched, platform: BlockedEntry['platform']): readonly string[] {
  const binaries = entries.filter((entry) => entry.kind === 'binary' && entry.platform === platform)
  return [...new Set(binaries.flatMap(imageNames))].sort()
}

/** Original names that differ from their files' names. */
export function watchedOriginalNames(watched: Watched): readonly string[] {
  const names = watched.entries
    .filter(({ kind }) => kind === 'binary')
    .flatMap((entry) => entry.originalFileNames)
  return [...new Set([...names, ...watchedImages(watched, 'windows')])].sort()
}
