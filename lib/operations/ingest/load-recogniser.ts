import { LRUCache } from 'lru-cache'
import { buildMatcher, type CatalogueMatch, isProxy, type Matcher } from '@/lib/pipeline/catalogue/match'
import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import { catalogueVersion, loadCatalogue, type StoredEntry } from '@/lib/store/catalogue'
import type { Db } from '@/lib/store/sql'

type Identifying = Pick<ProcessCreation, 'image' | 'originalFileName' | 'commandLine'>

/** Which catalogue entry a process belongs to; nulls for a process that is not counted. */
export type Recogniser = (creation: Identifying) => {
  entryId: number | null
  hostedEntryId: number | null
}

const NOTHING = { entryId: null, hostedEntryId: null }

/** The catalogue as it stands, ready to recognise executions. */
export async function loadRecogniser(db: Db): Promise<Recogniser> {
  return toRecogniser(await loadCatalogue(db))
}

const current = new WeakMap<Db, { version: string; recogniser: Promise<Recogniser> }>()

/** The same for those who ask often: read again only when the catalogue has changed. */
export function currentRecogniser(db: Db): Promise<Recogniser> {
  return catalogueVersion(db).then((version) => {
    const known = current.get(db)
    if (known?.version === version) return known.recogniser
    const recogniser = loadRecogniser(db)
    // a failure is not worth keeping
    recogniser.catch(() => current.delete(db))
    current.set(db, { version, recogniser })
    return recogniser
  })
}

function toRecogniser(catalogue: readonly StoredEntry[]): Recogniser {
  const entries = catalogue.filter((entry) => !entry.retired)
  const matcher = buildMatcher(entries)
  const idOf = new Map(entries.map((entry) => [entry.slug, entry.id]))
  const enabledOptional = new Set(entries.filter(({ enabled }) => enabled).map(({ slug }) => slug))
  const recognise: Recogniser = (creation) => {
    const match = findMatch(matcher, creation)
    if (match === null || !isProxy(match.entry, enabledOptional)) return NOTHING
    return {
      entryId: idOf.get(match.entry.slug) ?? null,
      hostedEntryId: match.hostedEntry === null ? null : (idOf.get(match.hostedEntry) ?? null),
    }
  }
  return remembering(recognise)
}

/** What it hosts can only matter for a catalogued binary, or PowerShell 7, which has no entry of its own but runs the same scripts. */
function findMatch(
  matcher: Matcher,
  { image, originalFileName, commandLine }: Identifying,
): CatalogueMatch | null {
  const plain = matcher.match({ image, originalFileName, hosted: null })
  const slug = plain?.entry.slug ?? (fileName(image) === 'pwsh.exe' ? 'powershell.exe' : null)
  const hosted = slug === null ? null : (readToolUse(slug, commandLine, image)?.hosted ?? null)
  return hosted === null ? plain : (matcher.match({ image, originalFileName, hosted }) ?? plain)
}

/** Characters of keys; whoever writes a log chooses their length. */
const REMEMBERED = 16 * 1024 * 1024

/** Machines repeat themselves: the same image and command line is read once. */
function remembering(recognise: Recogniser): Recogniser {
  const known = new LRUCache<string, ReturnType<Recogniser>>({
    maxSize: REMEMBERED,
    sizeCalculation: (_value, key) => key.length,
  })
  return (creation) => {
    const key = `${creation.image}\0${creation.originalFileName}\0${creation.commandLine}`
    const found = known.get(key) ?? recognise(creation)
    known.set(key, found)
    return found
  }
}
