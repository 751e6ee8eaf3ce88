import { toRecogniser } from '@/lib/operations/ingest/recogniser'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { StoredEntry } from '@/lib/store/catalogue'

/** `--optional`: as an administrator has it who turned on every binary of the optional tier. */
const WITH_OPTIONAL = process.argv.includes('--optional')

const ENTRIES: readonly StoredEntry[] = CATALOGUE.map((entry, index) => ({
  ...entry,
  id: index + 1,
  enabled: entry.tier === 'baseline' || (WITH_OPTIONAL && entry.tier === 'optional'),
  retired: false,
}))

/** The built-in catalogue as a new installation has it, or with more of it turned on. */
export const ENTRY_BY_ID: ReadonlyMap<number, StoredEntry> = new Map(
  ENTRIES.map((entry) => [entry.id, entry]),
)
export const recognise = toRecogniser(ENTRIES)
