import type { CatalogueEntry, EntryKind, Tier } from '../entry'

const LIBRARY_EXTENSIONS: ReadonlySet<string> = new Set(['dll', 'cpl', 'ocx'])
const SCRIPT_EXTENSIONS: ReadonlySet<string> = new Set(['ps1', 'vbs', 'wsf', 'js', 'bat', 'cmd'])

/** Marks an entry whose version resource carries the file's own name. */
export const SELF = 'self'

type Extras = {
  /** OriginalFileName: the file's own name, or others; left out where unknown. */
  original?: typeof SELF | readonly string[]
  /** What legitimately needs it. */
  use?: string
  countermeasures?: readonly string[]
  namedInMission?: boolean
  /** Published paths that do not end in the entry's own name. */
  alsoPaths?: readonly string[]
}

/** Recognised by its extension: a DLL or control panel item, a script, otherwise a binary. */
export function kindOf(fileName: string): EntryKind {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()
  if (LIBRARY_EXTENSIONS.has(extension)) return 'library'
  return SCRIPT_EXTENSIONS.has(extension) ? 'script' : 'binary'
}

/**
 * One Windows entry of the built-in catalogue. `functions` and `attack` are lists joined by commas,
 * `folders` those it is published in, without the file's own name.
 */
export function entry(
  name: string,
  tier: Tier,
  functions: string,
  attack: string,
  folders: readonly string[],
  description: string,
  extras: Extras = {},
): CatalogueEntry {
  const slug = name.toLowerCase()
  const original = extras.original ?? []
  return {
    slug,
    name,
    kind: kindOf(name),
    tier,
    platform: 'windows',
    originalFileNames: original === SELF ? [slug] : original,
    paths: [...folders.map((folder) => `${folder}\\${name}`), ...(extras.alsoPaths ?? [])],
    description,
    legitimateUse: extras.use ?? null,
    functions: functions.split(','),
    attack: attack.split(','),
    countermeasures: extras.countermeasures ?? [],
    namedInMission: extras.namedInMission ?? false,
  }
}
