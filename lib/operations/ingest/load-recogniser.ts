import { buildMatcher, isProxy } from '@/lib/pipeline/catalogue/match'
import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { loadCatalogue, type StoredEntry } from '@/lib/store/catalogue'
import type { Db } from '@/lib/store/sql'

/** Which catalogue entry a process belongs to; nulls for a process that is not counted. */
export type Recogniser = (creation: ProcessCreation) => {
  entryId: number | null
  hostedEntryId: number | null
}

const NOTHING = { entryId: null, hostedEntryId: null }

/** The catalogue as it stands, ready to recognise executions. */
export async function loadRecogniser(db: Db): Promise<Recogniser> {
  return toRecogniser(await loadCatalogue(db))
}

function toRecogniser(catalogue: readonly StoredEntry[]): Recogniser {
  const current = catalogue.filter((entry) => !entry.retired)
  const matcher = buildMatcher(current)
  const idOf = new Map(current.map((entry) => [entry.slug, entry.id]))
  const enabledOptional = new Set(current.filter(({ enabled }) => enabled).map(({ slug }) => slug))
  return ({ image, originalFileName, commandLine }) => {
    const plain = matcher.match({ image, originalFileName, hosted: null })
    // what it hosts can only matter for a catalogued binary
    if (!plain) return NOTHING
    const use = readToolUse(plain.entry.slug, commandLine, image)
    const match = use?.hosted
      ? (matcher.match({ image, originalFileName, hosted: use.hosted }) ?? plain)
      : plain
    if (!isProxy(match.entry, enabledOptional)) return NOTHING
    return {
      entryId: idOf.get(match.entry.slug) ?? null,
      hostedEntryId: match.hostedEntry === null ? null : (idOf.get(match.hostedEntry) ?? null),
    }
  }
}
