/** One catalogue entry: a binary, library or script known to run other code. */

export const TIERS = ['baseline', 'optional', 'context'] as const
/** baseline: stored, baselined, scored. optional: off until an admin turns it on. context: only seen as parent, child or lineage. */
export type Tier = (typeof TIERS)[number]

export const ENTRY_KINDS = ['binary', 'library', 'script'] as const
/** How an entry is recognised: by image or original name, by the DLL rundll32 loads, or by the script a host runs. */
export type EntryKind = (typeof ENTRY_KINDS)[number]

export type CatalogueEntry = {
  /** Lower-case file name; the entry's identity ("rundll32.exe"). */
  slug: string
  /** As printed ("Rundll32.exe"). */
  name: string
  kind: EntryKind
  tier: Tier
  platform: 'windows' | 'macos'
  /** OriginalFileName values in the version resource, lower-case; empty where unknown. */
  originalFileNames: readonly string[]
  /** Where it is expected, as published. */
  paths: readonly string[]
  description: string
  /** What legitimately needs it, in a sentence or two; null where nothing is known. */
  legitimateUse: string | null
  /** LOLBAS function names: Execute, Download, AWL Bypass… */
  functions: readonly string[]
  /** ATT&CK technique ids. */
  attack: readonly string[]
  countermeasures: readonly string[]
  namedInMission: boolean
}
