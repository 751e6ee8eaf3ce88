import { toRecogniser } from '@/lib/operations/ingest/recogniser'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { StoredEntry } from '@/lib/store/catalogue'

const ENTRIES: readonly StoredEntry[] = CATALOGUE.map((entry, index) => ({
  ...entry,
  id: index + 1,
  enabled: entry.tier === 'baseline',
  retired: false,
}))

/** The built-in catalogue as a new installation has it. */
export const ENTRY_BY_ID: ReadonlyMap<number, StoredEntry> = new Map(
  ENTRIES.map((entry) => [entry.id, entry]),
)
export const recognise = toRecogniser(ENTRIES)
