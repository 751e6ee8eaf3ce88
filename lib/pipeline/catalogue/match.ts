import type { CatalogueEntry, Tier } from './entry'
import { nameIdentifies } from './generic-name'
import { fileNameOf } from './image-folder'

/** What an execution says about which program it is. */
export type ExecutionIdentity = {
  /** Path of the image as the source printed it, or a bare file name. */
  image: string
  originalFileName: string | null
  /** The DLL, control panel item or script the command line names, by path or by file name; null where there is none. */
  hosted: string | null
}

export type CatalogueMatch = {
  /** The entry the execution belongs to. */
  entry: CatalogueEntry
  by: 'image-name' | 'original-name' | 'hosted-file'
  /** Renamed: the file's name and its version resource name different programs. */
  masquerade: 'renamed' | null
  /** Slug of the library or script that the binary was told to run, where the catalogue has it. */
  hostedEntry: string | null
}

export type Matcher = { match(identity: ExecutionIdentity): CatalogueMatch | null }

type BinaryMatch = Pick<CatalogueMatch, 'entry' | 'by' | 'masquerade'>

/** Builds that ship beside the published one under a name of their own. */
const SHIPPED_AS: ReadonlyMap<string, string> = new Map([
  ['bginfo64.exe', 'bginfo.exe'],
  ['mavinject32.exe', 'mavinject.exe'],
  ['mavinject64.exe', 'mavinject.exe'],
  ['procdump64.exe', 'procdump.exe'],
  ['procdump64a.exe', 'procdump.exe'],
])

/** File names of the builds that ship beside an entry's published one, lower-case. */
export function shippedNames(slug: string): readonly string[] {
  return [...SHIPPED_AS].filter(([, entry]) => entry === slug).map(([name]) => name)
}

/** Shells outside the scored tiers whose script decides what the execution is. */
const SHELLS: ReadonlySet<string> = new Set(['powershell.exe', 'pwsh.exe', 'cmd.exe'])

const TIER_RANK: Readonly<Record<Tier, number>> = { context: 0, optional: 1, baseline: 2 }
const UNKNOWN_NAMES: ReadonlySet<string> = new Set(['', '-', '?'])
const MAX_NAME_LENGTH = 260

/** OriginalFileName without case, surrounding space and the suffix of a language resource; null where none is reported. */
function readOriginalName(reported: string | null): string | null {
  if (reported === null || reported.length > MAX_NAME_LENGTH) return null
  const name = reported.trim().toLowerCase()
  const plain = name.endsWith('.mui') ? name.slice(0, -'.mui'.length) : name
  return UNKNOWN_NAMES.has(plain) ? null : plain
}

function goesBy(entry: CatalogueEntry, name: string): boolean {
  return (SHIPPED_AS.get(name) ?? name) === entry.slug || entry.originalFileNames.includes(name)
}

/**
 * Settles image name against original name. The version resource is the harder one to fake by accident, so it wins,
 * except where that would move the execution out of what is scored: cmd.exe copied to certutil.exe stays in
 * certutil's sight as a renamed one.
 */
function settle(
  named: CatalogueEntry,
  original: CatalogueEntry | undefined,
  reported: string | null,
): BinaryMatch {
  if (reported === null || goesBy(named, reported))
    return { entry: named, by: 'image-name', masquerade: null }
  if (original !== undefined && TIER_RANK[original.tier] >= TIER_RANK[named.tier])
    return { entry: original, by: 'original-name', masquerade: 'renamed' }
  const contradicted = original !== undefined || named.originalFileNames.length > 0
  return { entry: named, by: 'image-name', masquerade: contradicted ? 'renamed' : null }
}

/** Index by every name an entry goes by; the first entry keeps a name that two share. */
function indexOriginalNames(binaries: readonly CatalogueEntry[]): ReadonlyMap<string, CatalogueEntry> {
  const index = new Map<string, CatalogueEntry>()
  for (const entry of binaries)
    for (const name of [...entry.originalFileNames, ...shippedNames(entry.slug)])
      if (!index.has(name)) index.set(name, entry)
  return index
}

/**
 * Recognises catalogue entries in executions. A binary is known by its image's file name or by its OriginalFileName;
 * what it was told to load is noted beside it, because rundll32 loading shell32 is an execution of rundll32.
 * Only a shell, which is no proxy binary itself, hands its execution over to a catalogued script.
 */
export function buildMatcher(entries: readonly CatalogueEntry[]): Matcher {
  const binaries = entries.filter((entry) => entry.kind === 'binary')
  const byName = new Map(binaries.map((entry) => [entry.slug, entry]))
  const byOriginalName = indexOriginalNames(binaries)
  const hostable = new Map(
    entries.filter((entry) => entry.kind !== 'binary').map((entry) => [entry.slug, entry]),
  )

  function findBinary(image: string, originalFileName: string | null): BinaryMatch | null {
    const fileName = fileNameOf(image)
    const candidate = byName.get(SHIPPED_AS.get(fileName) ?? fileName)
    const reported = readOriginalName(originalFileName)
    const original = reported === null ? undefined : byOriginalName.get(reported)
    if (candidate !== undefined && nameIdentifies(candidate, image))
      return settle(candidate, original, reported)
    if (original === undefined) return null
    return { entry: original, by: 'original-name', masquerade: goesBy(original, fileName) ? null : 'renamed' }
  }

  function findHosted(hosted: string | null): CatalogueEntry | null {
    if (hosted === null) return null
    const fileName = fileNameOf(hosted)
    // rundll32 loads "shell32" as shell32.dll.
    return hostable.get(fileName) ?? (fileName.includes('.') ? null : hostable.get(`${fileName}.dll`)) ?? null
  }

  return {
    match({ image, originalFileName, hosted }) {
      const binary = findBinary(image, originalFileName)
      const hostedEntry = findHosted(hosted)
      const host = binary?.entry.slug ?? fileNameOf(image)
      if (hostedEntry?.kind === 'script' && SHELLS.has(host)) {
        const masquerade = binary?.masquerade ?? null
        return { entry: hostedEntry, by: 'hosted-file', masquerade, hostedEntry: hostedEntry.slug }
      }
      return binary === null ? null : { ...binary, hostedEntry: hostedEntry?.slug ?? null }
    },
  }
}

/** Whether all executions of an entry are stored, baselined and scored: the baseline tier, and optional ones turned on. */
export function isProxy(entry: CatalogueEntry, enabledOptional: ReadonlySet<string>): boolean {
  return entry.tier === 'baseline' || (entry.tier === 'optional' && enabledOptional.has(entry.slug))
}
