import { LRUCache } from 'lru-cache'
import { buildMatcher, type CatalogueMatch, isProxy, type Matcher } from '@/lib/pipeline/catalogue/match'
import { isProxyingUse } from '@/lib/pipeline/catalogue/tools/proxying-use'
import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import type { StoredEntry } from '@/lib/store/catalogue'

type Identifying = Pick<ProcessCreation, 'image' | 'originalFileName' | 'commandLine'>

/** Which catalogue entry a process belongs to; nulls for a process that is not counted: its binary is off, and it does not run other code through it. */
export type Recogniser = (creation: Identifying) => {
  entryId: number | null
  hostedEntryId: number | null
}

const NOTHING = { entryId: null, hostedEntryId: null }

/** Recognises what a catalogue knows, and remembers what it recognised. */
export function toRecogniser(catalogue: readonly StoredEntry[]): Recogniser {
  const entries = catalogue.filter((entry) => !entry.retired)
  const matcher = buildMatcher(entries)
  const idOf = new Map(entries.map((entry) => [entry.slug, entry.id]))
  const enabledOptional = new Set(entries.filter(({ enabled }) => enabled).map(({ slug }) => slug))
  const recognise: Recogniser = (creation) => {
    const match = findMatch(matcher, creation)
    if (match === null) return NOTHING
    const { entry } = match
    if (!isProxy(entry, enabledOptional) && !isProxyingUse(entry.slug, creation.commandLine, creation.image))
      return NOTHING
    return {
      entryId: idOf.get(entry.slug) ?? null,
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
    const before = known.get(key)
    if (before !== undefined) return before
    const found = recognise(creation)
    known.set(key, found)
    return found
  }
}
